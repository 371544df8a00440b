#pragma once

// libcurl as Swift sees it. setopt and getinfo are variadic, which Swift does not import; the parentheses around their
// names step past libcurl's type-checking macros, which want an option that is known when compiling.

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#if LIBCURL_VERSION_NUM < 0x075700
#error "libcurl 7.87 or newer is needed (CURLOPT_QUICK_EXIT)"
#endif

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
    return (curl_easy_setopt)(easy, option, value);
}
static inline CURLcode ccurl_set_offset(CURL *easy, CURLoption option, int64_t value) {
    return (curl_easy_setopt)(easy, option, (curl_off_t)value);
}
// libcurl copies the string.
static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
    return (curl_easy_setopt)(easy, option, value);
}
// libcurl keeps the pointer.
static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return (curl_easy_setopt)(easy, option, value);
}
// libcurl copies the structure; with CURL_BLOB_NOCOPY it keeps the pointer to the bytes.
static inline CURLcode ccurl_set_blob(CURL *easy, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {.data = (void *)bytes, .len = count, .flags = CURL_BLOB_NOCOPY};
    return (curl_easy_setopt)(easy, option, &blob);
}
// CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION take callbacks of one type.
static inline CURLcode ccurl_set_sink(CURL *easy, CURLoption option, curl_write_callback callback) {
    return (curl_easy_setopt)(easy, option, callback);
}
// The callback gets the TLS library's own configuration of a connection.
static inline CURLcode ccurl_set_tls_callback(CURL *easy, curl_ssl_ctx_callback callback) {
    return (curl_easy_setopt)(easy, CURLOPT_SSL_CTX_FUNCTION, callback);
}
// Called before a name is looked up, and for each address that a connection is tried to.
static inline CURLcode ccurl_set_resolver_callback(CURL *easy, curl_resolver_start_callback callback) {
    return (curl_easy_setopt)(easy, CURLOPT_RESOLVER_START_FUNCTION, callback);
}
static inline CURLcode ccurl_set_socket_callback(CURL *easy, curl_opensocket_callback callback) {
    return (curl_easy_setopt)(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

// Called for each socket that the other callback has opened, once.
static inline CURLcode ccurl_set_close_callback(CURL *easy, curl_closesocket_callback callback) {
    return (curl_easy_setopt)(easy, CURLOPT_CLOSESOCKETFUNCTION, callback);
}

// What libcurl does without a callback, which makes the socket non-blocking itself. -1 is CURL_SOCKET_BAD.
static inline curl_socket_t ccurl_open_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype, address->protocol);
}
// The address in text, at most INET6_ADDRSTRLEN bytes with the zero. 0 for another family than IPv4 and IPv6.
static inline int ccurl_address_text(const struct curl_sockaddr *address, char *text, size_t size) {
    const void *whole = &address->addr, *bytes = NULL;
    if (address->family == AF_INET) bytes = &((const struct sockaddr_in *)whole)->sin_addr;
    if (address->family == AF_INET6) bytes = &((const struct sockaddr_in6 *)whole)->sin6_addr;
    return bytes && inet_ntop(address->family, bytes, text, (socklen_t)size) != NULL;
}
// Whether a socket of this family is connected: a number may have been closed, and given anew.
static inline int ccurl_is_connected(curl_socket_t number, int family) {
    struct sockaddr_storage peer;
    socklen_t size = sizeof peer;
    return getpeername(number, (struct sockaddr *)&peer, &size) == 0 && peer.ss_family == family;
}

static inline CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
    return (curl_easy_getinfo)(easy, info, value);
}
static inline CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, int64_t *value) {
    curl_off_t offset = 0;
    CURLcode code = (curl_easy_getinfo)(easy, info, &offset);
    *value = (int64_t)offset;
    return code;
}
static inline CURLcode ccurl_get_pointer(CURL *easy, CURLINFO info, void **value) {
    return (curl_easy_getinfo)(easy, info, value);
}

// 1 or 0; -1 when this libcurl cannot tell (before 8.7).
static inline int ccurl_used_proxy(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x080700
    long used = 0;
    return (curl_easy_getinfo)(easy, CURLINFO_USED_PROXY, &used) == CURLE_OK ? used != 0 : -1;
#else
    (void)easy;
    return -1;
#endif
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}
static inline CURLMcode ccurl_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
    return (curl_multi_setopt)(multi, option, value);
}
static inline CURLMcode ccurl_multi_set_socket_callback(CURLM *multi, curl_socket_callback callback) {
    return (curl_multi_setopt)(multi, CURLMOPT_SOCKETFUNCTION, callback);
}
static inline CURLMcode ccurl_multi_set_timer_callback(CURLM *multi, curl_multi_timer_callback callback) {
    return (curl_multi_setopt)(multi, CURLMOPT_TIMERFUNCTION, callback);
}

// CURL_SOCKET_TIMEOUT is a macro of a macro with a sign.
static inline CURLMcode ccurl_multi_time_out(CURLM *multi) {
    int running = 0;
    return curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
}
static inline CURLMcode ccurl_multi_act(CURLM *multi, curl_socket_t socket, int readiness) {
    int running = 0;
    return curl_multi_socket_action(multi, socket, readiness, &running);
}

// The result lies in a union.
static inline CURLcode ccurl_message_result(const CURLMsg *message) { return message->data.result; }

// A macro with a long suffix.
static inline CURLcode ccurl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
