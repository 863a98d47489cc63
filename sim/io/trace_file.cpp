#include "sim/io/trace_file.hpp"

#include "sim/io/problems.hpp"
#include "sim/io/trace_content.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace walkout::io {

namespace {

/// Like PNG's: a byte no text has, line ends that a transfer as text would change.
constexpr std::string_view signature = "\x89WLK\r\n\x1a\n";
constexpr std::size_t version_size = 16;
constexpr std::size_t header_size = signature.size() + 4 + version_size;
constexpr std::size_t tag_size = 4;
constexpr std::size_t section_header_size = tag_size + 3 * sizeof(std::uint32_t);
constexpr std::uint64_t largest_section = 1ULL << 30;
constexpr std::string_view end_tag = "end.";

std::uint32_t checksum(std::string_view lengths, std::string_view payload)
{
    const auto add = [](uLong crc, std::string_view bytes) {
        return crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    };
    return static_cast<std::uint32_t>(add(add(0, lengths), payload));
}

std::string compressed(const std::string& plain)
{
    auto size = compressBound(plain.size());
    std::string packed(size, '\0');
    compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
              reinterpret_cast<const Bytef*>(plain.data()), plain.size(), Z_BEST_COMPRESSION);
    packed.resize(size);
    return packed;
}

void append_section(std::string& bytes, std::string_view tag, const std::string& plain)
{
    if (plain.size() > largest_section)
        throw LimitError("walkout: error: the trace is too large to be written");
    const std::string payload = plain.empty() ? "" : compressed(plain);
    std::string front(tag);
    append(front, static_cast<std::uint32_t>(payload.size()));
    append(front, static_cast<std::uint32_t>(plain.size()));
    bytes += front;
    append(bytes, checksum(front, payload));
    bytes += payload;
}

/// A section as it stands in a file: its checksum fits, its payload is not yet looked into.
struct Block {
    std::string tag;
    std::uint32_t plain_size = 0;
    std::string_view payload;
};

/// Walks through a file and refuses it, in one sentence, where it goes wrong.
class FileReader {
public:
    FileReader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

    Trace read()
    {
        check_header();
        Trace trace;
        std::size_t next = 0;
        for (Block block = take_block(); block.tag != end_tag; block = take_block())
            if (next < sections().size() && block.tag == sections()[next].tag)
                read(sections()[next++], block, trace);
        if (next < sections().size())
            refuse(fmt::format("lacks the section '{}'", sections()[next].name));
        if (at_ < bytes_.size())
            refuse(fmt::format("goes on after its end at byte {}", at_));
        return trace;
    }

private:
    [[noreturn]] void
    refuse(const std::string& why,
           std::string_view cure = "write it again with 'walkout run --trace'") const
    {
        throw InputError(fmt::format("walkout: error: '{}' {}; {}", printable(name_), why, cure));
    }

    void check_header()
    {
        const std::string_view begin = bytes_.substr(0, signature.size());
        if (begin.empty() || begin != signature.substr(0, begin.size()))
            refuse("is no trace", "'walkout run SCENARIO --trace' writes one");
        const std::string_view header = take(header_size, "the header");
        const auto format = unsigned_at<std::uint32_t>(header.substr(signature.size()));
        std::string version(header.substr(signature.size() + 4));
        version.erase(std::min(version.find('\0'), version.size()));
        if (format > trace_format)
            refuse(fmt::format("was written by walkout {} as trace format {}, and this program "
                               "reads up to format {}",
                               printable(version), format, trace_format),
                   "play it there, or write it again here with 'walkout run --trace'");
        if (format == 0)
            refuse("is damaged in its header");
    }

    /// What stands next; `where` is said if it does not.
    std::string_view take(std::size_t size, const std::string& where)
    {
        if (size > bytes_.size() - at_)
            refuse(fmt::format("ends at byte {}, in the middle of {}", bytes_.size(), where));
        const std::string_view taken = bytes_.substr(at_, size);
        at_ += size;
        return taken;
    }

    static std::string place_of(std::string_view tag)
    {
        const auto known = std::ranges::find(sections(), tag, &Section::tag);
        return known == sections().end() ? "a section this program does not know"
                                         : fmt::format("section '{}'", known->name);
    }

    Block take_block()
    {
        if (at_ == bytes_.size())
            refuse(fmt::format("ends at byte {}, before its last section", at_));
        const std::string_view front = take(section_header_size, "the head of a section");
        Block block;
        block.tag = front.substr(0, tag_size);
        const auto size = unsigned_at<std::uint32_t>(front.substr(tag_size));
        block.plain_size = unsigned_at<std::uint32_t>(front.substr(tag_size + 4));
        const auto expected = unsigned_at<std::uint32_t>(front.substr(tag_size + 8));
        block.payload = take(size, place_of(block.tag));
        if (checksum(front.substr(0, tag_size + 8), block.payload) != expected)
            refuse(fmt::format("is damaged in {} before byte {}", place_of(block.tag), at_));
        return block;
    }

    void read(const Section& section, const Block& block, Trace& trace) const
    {
        try {
            const std::string plain = expanded(block);
            Reader reader(plain);
            section.read(reader, trace);
            reader.finish();
            section.check(trace);
        } catch (const Senseless&) {
            refuse(fmt::format("makes no sense in section '{}'", section.name));
        }
    }

    std::string expanded(const Block& block) const
    {
        constexpr std::uint64_t most_per_byte = 1032; // deflate cannot pack tighter
        if (block.plain_size > largest_section)
            throw LimitError(fmt::format("walkout: error: '{}' has a section of more than {} MiB",
                                         printable(name_), largest_section >> 20));
        must(block.plain_size <= most_per_byte * (block.payload.size() + 1));
        std::string plain(block.plain_size, '\0');
        uLongf size = plain.size();
        const int state =
            uncompress(reinterpret_cast<Bytef*>(plain.data()), &size,
                       reinterpret_cast<const Bytef*>(block.payload.data()), block.payload.size());
        must(state == Z_OK && size == plain.size());
        return plain;
    }

    std::string_view bytes_;
    std::string name_;
    std::size_t at_ = 0;
};

} // namespace

std::string trace_bytes(const Trace& trace)
{
    std::string bytes(signature);
    append(bytes, trace_format);
    std::string version = trace.version.substr(0, version_size);
    version.resize(version_size, '\0');
    bytes += version;
    for (const Section& section : sections()) {
        Writer writer;
        section.write(writer, trace);
        append_section(bytes, section.tag, writer.take());
    }
    append_section(bytes, end_tag, "");
    return bytes;
}

Trace parse_trace(std::string_view bytes, const std::string& name)
{
    return FileReader(bytes, name).read();
}

Trace read_trace(const std::string& path)
{
    namespace fs = std::filesystem;
    const auto refuse = [&](const std::string& why) {
        throw InputError(fmt::format("walkout: error: {}", why));
    };
    std::error_code failure;
    if (!fs::exists(path, failure))
        refuse(fmt::format("no file '{}'", printable(path)));
    if (fs::is_directory(path, failure))
        refuse(fmt::format("'{}' is a folder", printable(path)));
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(bytes << file.rdbuf())))
        refuse(fmt::format("cannot read '{}': {}", printable(path), std::strerror(errno)));
    return parse_trace(bytes.str(), path);
}

bool is_trace(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string begin(signature.size(), '\0');
    return file.read(begin.data(), static_cast<std::streamsize>(begin.size())) &&
           begin == signature;
}

} // namespace walkout::io
