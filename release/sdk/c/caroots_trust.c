// Lets mbedTLS find the CA roots by the name of an issuer. The roots stay where they are, in the read-only data.
#include "caroots.h"

#include <mbedtls/asn1.h>
#include <mbedtls/platform.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#include <string.h>

// X.509 certificates in DER, one behind the other, with an empty signature: a trusted one is not verified.
extern const unsigned char ca_roots_der_bytes[];
extern const size_t ca_roots_der_size;

enum {
    sequence = MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE,
    version = MBEDTLS_ASN1_CONTEXT_SPECIFIC | MBEDTLS_ASN1_CONSTRUCTED | 0,
};

// Moves `next` behind the element there, which must have the tag and end at `end` at the latest.
static int skip(unsigned char **next, const unsigned char *end, int tag) {
    size_t size;
    int error = mbedtls_asn1_get_tag(next, end, &size, tag);
    if (error == 0) *next += size;
    return error;
}

// Finds the subject of a certificate, its tag and length included (RFC 5280 section 4.1). `root` is the whole of the
// certificate.
static int find_subject(const mbedtls_x509_buf *root, mbedtls_x509_buf *subject) {
    unsigned char *next = root->p;
    const unsigned char *end = root->p + root->len;
    size_t size;
    int error = mbedtls_asn1_get_tag(&next, end, &size, sequence); // Certificate
    if (error == 0) error = mbedtls_asn1_get_tag(&next, end, &size, sequence); // TBSCertificate
    if (error != 0) return error;
    end = next + size;
    if (next < end && *next == version) error = skip(&next, end, version);
    if (error == 0) error = skip(&next, end, MBEDTLS_ASN1_INTEGER); // serialNumber
    if (error == 0) error = skip(&next, end, sequence); // signature
    if (error == 0) error = skip(&next, end, sequence); // issuer
    if (error == 0) error = skip(&next, end, sequence); // validity
    subject->p = next;
    if (error == 0) error = skip(&next, end, sequence);
    subject->len = (size_t)(next - subject->p);
    return error;
}

// Appends the certificate to the list, which it begins when there is none. The bytes are not copied.
static int append(mbedtls_x509_crt **list, const mbedtls_x509_buf *root) {
    if (*list == NULL) {
        *list = mbedtls_calloc(1, sizeof **list);
        if (*list == NULL) return MBEDTLS_ERR_X509_ALLOC_FAILED;
        mbedtls_x509_crt_init(*list);
    }
    return mbedtls_x509_crt_parse_der_nocopy(*list, root->p, root->len);
}

// Lists the roots whose subject is the issuer of `child`, byte for byte, as RFC 5280 section 4.1.2.6 has CAs write it.
// Several may be: mbedTLS takes the one whose key has signed. A byte that begins no certificate ends the data.
static int list_issuers(const mbedtls_x509_crt *child, mbedtls_x509_crt **list) {
    // mbedTLS reads through pointers that are not to const.
    unsigned char *next = (unsigned char *)ca_roots_der_bytes;
    const unsigned char *end = next + ca_roots_der_size;
    while (next < end && *next == sequence) {
        mbedtls_x509_buf root = {.tag = sequence, .p = next}, subject = {.tag = sequence};
        int error = skip(&next, end, sequence);
        root.len = (size_t)(next - root.p);
        if (error == 0) error = find_subject(&root, &subject);
        if (error != 0) return error;
        const mbedtls_x509_buf *issuer = &child->issuer_raw;
        if (subject.len != issuer->len || memcmp(subject.p, issuer->p, issuer->len) != 0) continue;
        error = append(list, &root);
        if (error != 0) return error;
    }
    return 0;
}

// mbedTLS calls this for each certificate of a chain until it has found a root, and frees the list. An error, such as
// a lack of memory, ends the handshake.
static int find_issuers(void *context, const mbedtls_x509_crt *child, mbedtls_x509_crt **list) {
    (void)context;
    *list = NULL;
    int error = list_issuers(child, list);
    if (error == 0) return 0;
    mbedtls_x509_crt_free(*list);
    mbedtls_free(*list);
    *list = NULL;
    return error;
}

void ca_roots_trust(mbedtls_ssl_config *configuration) { mbedtls_ssl_conf_ca_cb(configuration, find_issuers, NULL); }
