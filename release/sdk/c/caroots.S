// The CA roots, as read-only data, with a zero byte behind them because mbedTLS wants PEM as a C string.
    .section .rodata.ca_roots_pem, "a"
    .balign 8
    .global ca_roots_pem_bytes
ca_roots_pem_bytes:
    .incbin "caroots.pem"
ca_roots_pem_end:
    .byte 0
    .balign 8
    .global ca_roots_pem_size
ca_roots_pem_size:
#if __SIZEOF_POINTER__ == 8
    .quad ca_roots_pem_end - ca_roots_pem_bytes
#else
    .long ca_roots_pem_end - ca_roots_pem_bytes
#endif
    .section .note.GNU-stack, "", %progbits
