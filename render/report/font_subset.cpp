#include "render/report/font_subset.hpp"

#include "render/fonts.hpp"

#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/transform_width.hpp>
#include <hb-subset.h>

#include <memory>
#include <stdexcept>

namespace walkout::report {

namespace {

struct HarfBuzzDeleter {
    void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
    void operator()(hb_face_t* face) const { hb_face_destroy(face); }
    void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
    void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
};
template <class T> using Owned = std::unique_ptr<T, HarfBuzzDeleter>;

/// All characters of the text, each once.
void add_characters(hb_set_t* characters, std::string_view utf8)
{
    const Owned<hb_buffer_t> buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), utf8.data(), static_cast<int>(utf8.size()), 0,
                       static_cast<int>(utf8.size()));
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    for (unsigned k = 0; k < count; ++k)
        hb_set_add(characters, infos[k].codepoint);
}

void drop_table(hb_subset_input_t* input, hb_tag_t table)
{
    hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), table);
}

} // namespace

std::string font_subset(render::Font font, std::string_view utf8)
{
    const std::string path = render::font_file(font).string();
    const Owned<hb_blob_t> file(hb_blob_create_from_file_or_fail(path.c_str()));
    if (!file)
        throw std::runtime_error("cannot read the font " + path);
    const Owned<hb_face_t> face(hb_face_create(file.get(), 0));
    const Owned<hb_subset_input_t> input(hb_subset_input_create_or_fail());
    if (!input)
        throw std::bad_alloc();
    add_characters(hb_subset_input_unicode_set(input.get()), utf8);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
    for (const char* table : {"GSUB", "GPOS", "GDEF", "kern"})
        drop_table(input.get(), hb_tag_from_string(table, -1));
    const Owned<hb_face_t> subset(hb_subset_or_fail(face.get(), input.get()));
    if (!subset)
        throw std::runtime_error("cannot take glyphs out of the font " + path);
    const Owned<hb_blob_t> blob(hb_face_reference_blob(subset.get()));
    unsigned length = 0;
    const char* data = hb_blob_get_data(blob.get(), &length);
    return {data, length};
}

std::string base64(std::string_view bytes)
{
    using namespace boost::archive::iterators;
    using Digits = base64_from_binary<transform_width<std::string::const_iterator, 6, 8>>;
    std::string padded(bytes);
    const std::size_t missing = (3 - bytes.size() % 3) % 3;
    padded.append(missing, '\0');
    std::string text(Digits(padded.cbegin()), Digits(padded.cend()));
    text.replace(text.size() - missing, missing, missing, '=');
    return text;
}

} // namespace walkout::report
