// For every file of this module: what is said in Text's StringInterpolation.swift.
@_exported public import Text
