// The compiler's start file for ARMv6: what C++ names when it registers a destructor. musl runs constructors by the
// tables that the linker makes.
extern void *const __dso_handle __attribute__((visibility("hidden")));
void *const __dso_handle = (void *)&__dso_handle;
