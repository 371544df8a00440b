// Numbers to text of wchar_t.
#include <string>

_LIBCPP_BEGIN_NAMESPACE_STD

static wstring wide(const string &text) { return wstring(text.begin(), text.end()); }
wstring to_wstring(int number) { return wide(to_string(number)); }
wstring to_wstring(unsigned number) { return wide(to_string(number)); }
wstring to_wstring(long number) { return wide(to_string(number)); }
wstring to_wstring(unsigned long number) { return wide(to_string(number)); }
wstring to_wstring(long long number) { return wide(to_string(number)); }
wstring to_wstring(unsigned long long number) { return wide(to_string(number)); }
wstring to_wstring(float number) { return wide(to_string(number)); }
wstring to_wstring(double number) { return wide(to_string(number)); }
wstring to_wstring(long double number) { return wide(to_string(number)); }

_LIBCPP_END_NAMESPACE_STD
