// The certificates of Debian's ca-certificates.
#pragma once
#include <stddef.h>

extern const unsigned char ca_roots_pem_bytes[];
extern const size_t ca_roots_pem_size;

// PEM text followed by a zero byte, which ca_roots_pem_size does not count. A function, because Swift does not import
// an array without a length.
static inline const unsigned char *ca_roots_pem(void) { return ca_roots_pem_bytes; }
