// GCC's own crtbeginS.o and crtendS.o announce tables of exceptions and of transactional memory, and call what a shared
// library does when it is unloaded. A static program without unwinding has none of that; what is left is the name by
// which destructors of C++ objects are registered.
extern void *const __dso_handle __attribute__((visibility("hidden")));
void *const __dso_handle = 0;
