#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::io {

/// The user's input is wrong. `what()` is the complete text for the user.
class InputError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The input may be right but asks for more than the program undertakes.
class LimitError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A text that mistakes can point into: a file, standard input or a `--set` option.
struct Source {
    std::string name;   ///< as the user knows it
    std::string folder; ///< files named in the text are relative to this
    std::string prefix; ///< of those files' names, seen from the scenario itself: "" or "sub/"
    int rank = 0;       ///< mistakes come in this order; an override is nearer than any file
    std::string text;
};
using SourcePtr = std::shared_ptr<const Source>;

/// Where something stands. Lines and columns count from 1, columns and length in bytes.
/// Line 0 means the source as a whole.
struct Place {
    SourcePtr source;
    int line = 0;
    int column = 0;
    int length = 1;
};

/// Line `number` of a text, without its end; empty when there is none.
std::string_view line_of(std::string_view text, int number);

/// `text` with control characters, invisible direction marks and broken UTF-8 spelled out, so that
/// a hostile file cannot steer the terminal that shows a message about it.
std::string printable(std::string_view text);

/// "line 3", or "base.yaml:3" when it stands in another source than `seen_from`.
std::string reference_to(const Place& place, const Place& seen_from);

/// One mistake as the user sees it: place, cause, the line with a caret, cure. The last line is not
/// ended: who prints it does that.
std::string format_problem(const Place& place, std::string_view message,
                           std::string_view help = {});

/// Collects mistakes, so that all of them can be told at once.
class Problems {
public:
    void add(const Place& place, std::string message, std::string help = {});
    bool any() const { return !found_.empty(); }
    std::size_t count() const { return found_.size(); }

    /// Up to `shown` mistakes in file order, then how many more.
    std::string text() const;

    /// @throws InputError if anything was added
    void raise() const;

private:
    struct Problem {
        Place place;
        std::string message;
        std::string help;
    };
    static constexpr std::size_t shown = 20;

    std::vector<Problem> found_;
};

} // namespace walkout::io
