// The certificates of Debian's ca-certificates: PEM, followed by a zero byte that the size does not count.
#pragma once
#include <stddef.h>

extern const unsigned char ca_roots_pem[];
extern const size_t ca_roots_pem_size;
