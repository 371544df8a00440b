#pragma once

// zlib as Swift sees it. The start of an inflation is a macro that adds the version and the size of the stream.
#include <zlib.h>

// 16 asks for gzip's header and checksum, the other 15 for its largest window.
static inline int czlib_start_gunzip(z_stream *stream) { return inflateInit2(stream, 16 + MAX_WBITS); }
