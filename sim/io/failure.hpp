#pragma once

#include <stdexcept>
#include <string>

namespace walkout::io {

/// Something outside of the program and of the user's input fails. `what()` says what, without the
/// program's name.
class Failure : public std::runtime_error {
public:
    Failure(int exit_code, const std::string& text)
        : std::runtime_error(text), exit_code_(exit_code)
    {
    }

    int exit_code() const { return exit_code_; } ///< of the program that it ends

private:
    int exit_code_;
};

/// Reading or writing failed: full disk, rights, lost pipe. Exit 5.
class FileError : public Failure {
public:
    explicit FileError(const std::string& text) : Failure(5, text) {}
};

/// What the program does not bring along is missing or died: display, encoder, font. Exit 69.
class Missing : public Failure {
public:
    explicit Missing(const std::string& text) : Failure(69, text) {}
};

} // namespace walkout::io
