#pragma once

#include "render/display_list.hpp"

namespace walkout::render {

enum class Theme : std::uint8_t { dark, light };

/// Colors by role. Contrast and color-blind distances are tested (tests/test_render_palette.cpp).
struct Palette {
    Color background, stage, panel, card;
    Color hairline, hairline_strong;
    Color text, second, third;
    Color at_work, empty_seat, signed_letter, gone, back;
    Color board, scenario_b, leader, recorded;
    Color signed_text; ///< amber dark enough for words
    Color sector, sector_out;
    Color night; ///< laid over the track
    Color unsettled_fill;
    Color boardroom;  ///< floor
    Color on_signed;  ///< words on amber
    Color on_leader;  ///< words on the leader's gold
    Color leader_rim; ///< circle inside the leader's disc
    bool dark = true;
};

const Palette& palette(Theme theme);

} // namespace walkout::render
