#include "sim/io/source_file.hpp"

#include "sim/io/did_you_mean.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace walkout::io {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::string in_quotes(const std::string& path)
{
    return "'" + printable(path) + "'";
}

/// A file of the same folder whose name is like the missing one's.
std::string similar_file(const fs::path& missing)
{
    std::vector<std::string> names;
    std::error_code failure;
    const fs::path folder = missing.has_parent_path() ? missing.parent_path() : fs::path(".");
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
         entry.increment(failure))
        names.push_back(entry->path().filename().string());
    const std::string found = nearest(missing.filename().string(), names);
    return found.empty() ? found : (missing.parent_path() / found).string();
}

Loaded missing_file(const std::string& path)
{
    const std::string similar = similar_file(path);
    return {nullptr, "no file " + in_quotes(path),
            similar.empty() ? "" : fmt::format("did you mean {}?", in_quotes(similar))};
}

[[noreturn]] void refuse_size(const std::string& name, std::uintmax_t largest)
{
    throw LimitError(
        fmt::format("walkout: error: {} is larger than {} MiB", in_quotes(name), largest >> 20));
}

Loaded accept_text(Source about, std::string text)
{
    if (std::string_view(text).starts_with(byte_order_mark))
        text.erase(0, byte_order_mark.size());
    const std::string error = encoding_error(text);
    if (!error.empty())
        return {nullptr, in_quotes(about.name) + " " + error, "save it as UTF-8"};
    about.text = std::move(text);
    return {std::make_shared<const Source>(std::move(about)), {}, {}};
}

/// Read at most one byte more than allowed: devices and pipes have no size beforehand.
std::string read_up_to(std::istream& stream, const std::string& name, std::uintmax_t largest)
{
    std::string text;
    std::string block(1 << 16, '\0');
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) ||
           stream.gcount() > 0) {
        text.append(block, 0, static_cast<std::size_t>(stream.gcount()));
        if (text.size() > largest)
            refuse_size(name, largest);
    }
    return text;
}

/// The bytes of the UTF-8 sequence at the front, or 0 when it is broken, overlong or a surrogate.
std::size_t sequence_length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto follows = [&](std::size_t i, unsigned char low = 0x80, unsigned char high = 0xbf) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const bool second = follows(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
        return second && follows(2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const bool second = follows(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
        return second && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

bool leaves_folder(const fs::path& name)
{
    for (const fs::path& part : name)
        if (part == "..")
            return true;
    return name.is_absolute();
}

/// Whether the file, links followed, lies below the folder. What does not exist is told elsewhere.
bool lies_below(const fs::path& file, const fs::path& folder)
{
    std::error_code failure;
    const fs::path real_folder =
        fs::weakly_canonical(folder.empty() ? fs::current_path() : fs::absolute(folder), failure);
    const fs::path real_file =
        failure ? fs::path() : fs::weakly_canonical(fs::absolute(file), failure);
    if (failure)
        return true;
    const fs::path relative = real_file.lexically_relative(real_folder);
    return !relative.empty() && *relative.begin() != "..";
}

} // namespace

std::string encoding_error(std::string_view text)
{
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
        return "is UTF-16 text";
    int line = 1;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequence_length(text.substr(i));
        if (text[i] == '\0')
            return fmt::format("holds a NUL byte in line {}: no text", line);
        if (length == 0)
            return fmt::format("is not UTF-8 in line {}", line);
        line += text[i] == '\n';
        i += length;
    }
    return {};
}

Loaded load_file(const std::string& path, Source about, std::uintmax_t largest)
{
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (status.type() == fs::file_type::not_found)
        return missing_file(path);
    if (fs::is_directory(status))
        return {nullptr, in_quotes(path) + " is a folder", "name a file in it"};
    if (fs::is_regular_file(status) && fs::file_size(path, failure) > largest && !failure)
        refuse_size(path, largest);
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return {
            nullptr, fmt::format("cannot read {}: {}", in_quotes(path), std::strerror(errno)), {}};
    return accept_text(std::move(about), read_up_to(stream, path, largest));
}

Loaded load_standard_input(Source about, std::uintmax_t largest)
{
    std::string text = read_up_to(std::cin, "standard input", largest);
    return accept_text(std::move(about), std::move(text));
}

std::string join_path(const std::string& folder, const std::string& name)
{
    return folder.empty() ? name : (fs::path(folder) / name).string();
}

std::string path_inside(const std::string& name, const Place& place, Problems& problems)
{
    const std::string& folder = place.source->folder;
    const std::string path = join_path(folder, name);
    if (leaves_folder(name) || !lies_below(path, folder)) {
        problems.add(place, in_quotes(name) + " is outside the folder of the file that names it",
                     "files are named relative to that folder and lie in it or below");
        return {};
    }
    return path;
}

} // namespace walkout::io
