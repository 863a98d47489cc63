#pragma once

#include "render/fonts.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

namespace walkout::render {

/// A font's file opened with FreeType, with a library of its own: faces of different threads share
/// nothing.
class FreeTypeFace {
public:
    /// @throws MissingFont
    explicit FreeTypeFace(Font font)
    {
        const auto& file = font_file(font);
        if (FT_Init_FreeType(&library_) != 0)
            throw std::bad_alloc();
        if (FT_New_Face(library_, file.c_str(), 0, &face_) != 0) {
            FT_Done_FreeType(library_);
            throw MissingFont("cannot read the font " + file.string() +
                              "; install the package fonts-roboto-unhinted");
        }
    }
    ~FreeTypeFace()
    {
        FT_Done_Face(face_);
        FT_Done_FreeType(library_);
    }
    FreeTypeFace(const FreeTypeFace&) = delete;
    FreeTypeFace& operator=(const FreeTypeFace&) = delete;

    FT_Face get() const { return face_; }

private:
    FT_Library library_ = nullptr;
    FT_Face face_ = nullptr;
};

} // namespace walkout::render
