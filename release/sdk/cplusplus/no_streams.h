// What packages use of streams, which are not there: whoever names it is told so.
#pragma once
#include <iosfwd>

#define _LIBCPP_NO_STREAMS \
    __attribute__((unavailable("there are no C++ streams in this SDK; use <cstdio>, std::to_string or std::format")))
#define _LIBCPP_NO_MANIPULATOR(name) _LIBCPP_NO_STREAMS ios_base &name(ios_base &);
#define _LIBCPP_NO_PARAMETER(name) \
    template <class Value> \
    _LIBCPP_NO_STREAMS void name(Value);

_LIBCPP_BEGIN_NAMESPACE_STD
_LIBCPP_NO_STREAMS extern istream cin;
_LIBCPP_NO_STREAMS extern ostream cout, cerr, clog;
template <class Stream>
_LIBCPP_NO_STREAMS Stream &endl(Stream &);
template <class Stream>
_LIBCPP_NO_STREAMS Stream &flush(Stream &);
_LIBCPP_NO_MANIPULATOR(boolalpha)
_LIBCPP_NO_MANIPULATOR(dec)
_LIBCPP_NO_MANIPULATOR(hex)
_LIBCPP_NO_MANIPULATOR(fixed)
_LIBCPP_NO_MANIPULATOR(scientific)
_LIBCPP_NO_MANIPULATOR(left)
_LIBCPP_NO_MANIPULATOR(right)
_LIBCPP_NO_MANIPULATOR(uppercase)
_LIBCPP_NO_PARAMETER(setfill)
_LIBCPP_NO_PARAMETER(setprecision)
_LIBCPP_NO_PARAMETER(setw)
_LIBCPP_END_NAMESPACE_STD
