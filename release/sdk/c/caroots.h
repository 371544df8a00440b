// The certificates of Debian's ca-certificates, to be trusted by TLS. A program holds them only if it uses them, and
// only in the form that it uses.
#pragma once
#include <stddef.h>

struct mbedtls_ssl_config;

// Makes a TLS configuration of mbedTLS trust these certificates and no others. They are looked up while a peer is
// verified, by the name of the issuer: that takes no memory for a connection, where a list of them all takes a
// megabyte. Replaces what mbedtls_ssl_conf_ca_chain and mbedtls_ssl_conf_ca_cb have set, revocation lists included.
// Whether the peer must be verified at all is left as it is. With libcurl, call it in a CURLOPT_SSL_CTX_FUNCTION, which
// gets the configuration as its second argument, for a proxy's connection as for the server's.
void ca_roots_trust(struct mbedtls_ssl_config *configuration);

extern const unsigned char ca_roots_pem_bytes[];
extern const size_t ca_roots_pem_size;

// PEM text followed by a zero byte, which ca_roots_pem_size does not count. A function, because Swift does not import
// an array without a length.
static inline const unsigned char *ca_roots_pem(void) { return ca_roots_pem_bytes; }
