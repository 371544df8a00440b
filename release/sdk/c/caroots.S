// The CA roots, as read-only data, once in each form. Each form has a section of its own, so that the linker drops the
// one that a program does not use.

    .macro size_of name
    .balign 8
    .global \name\()_size
\name\()_size:
#if __SIZEOF_POINTER__ == 8
    .quad \name\()_end - \name\()_bytes
#else
    .long \name\()_end - \name\()_bytes
#endif
    .endm

    .section .rodata.ca_roots_pem, "a"
    .balign 8
    .global ca_roots_pem_bytes
ca_roots_pem_bytes:
    .incbin "caroots.pem"
ca_roots_pem_end:
    .byte 0 // because mbedTLS wants PEM as a C string
    size_of ca_roots_pem

    .section .rodata.ca_roots_der, "a"
    .balign 8
    .global ca_roots_der_bytes
ca_roots_der_bytes:
    .incbin "caroots.der"
ca_roots_der_end:
    size_of ca_roots_der

    .section .note.GNU-stack, "", %progbits
