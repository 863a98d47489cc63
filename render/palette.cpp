#include "render/palette.hpp"

namespace walkout::render {

namespace {

Palette dark_palette()
{
    Palette p;
    p.background = Color::hex(0x0D1015);
    p.stage = Color::hex(0x11151C);
    p.panel = Color::hex(0x151A22);
    p.card = Color::hex(0x1A202A);
    p.hairline = Color::hex(0x262E3A);
    p.hairline_strong = Color::hex(0x343E4D);
    p.text = Color::hex(0xE9EDF2);
    p.second = Color::hex(0xA3AFBE);
    p.third = Color::hex(0x7D8A9C);
    p.at_work = Color::hex(0x5B6A80);
    p.empty_seat = Color::hex(0x2B3442);
    p.signed_letter = Color::hex(0xF2B134);
    p.gone = Color::hex(0xE8503A);
    p.back = Color::hex(0x35D0A5);
    p.board = Color::hex(0xA7C7FF);
    p.scenario_b = Color::hex(0xD977B8);
    p.leader = Color::hex(0xFFE08A);
    p.recorded = Color::hex(0xFFFFFF);
    p.signed_text = p.signed_letter;
    p.sector = Color::hex(0x151B24);
    p.sector_out = Color::hex(0x141922);
    p.night = Color::hex(0x0B0E13);
    p.unsettled_fill = mix(p.at_work, p.stage, 0.28);
    p.boardroom = Color::hex(0x0E1218);
    p.on_signed = Color::hex(0x2A1F04);
    p.on_leader = p.on_signed;
    p.leader_rim = Color::hex(0x7A5B10);
    p.dark = true;
    return p;
}

Palette light_palette()
{
    Palette p;
    p.background = Color::hex(0xF1F1EC);
    p.stage = Color::hex(0xFAFAF7);
    p.panel = Color::hex(0xFFFFFF);
    p.card = Color::hex(0xF4F4EF);
    p.hairline = Color::hex(0xDEDED6);
    p.hairline_strong = Color::hex(0xC4C6C2);
    p.text = Color::hex(0x161A20);
    p.second = Color::hex(0x4B5563);
    p.third = Color::hex(0x66707C);
    p.at_work = Color::hex(0x7F8C9C);
    p.empty_seat = Color::hex(0xD5DADF);
    p.signed_letter = Color::hex(0xC67C00);
    p.gone = Color::hex(0xB3261E);
    p.back = Color::hex(0x0A8F6C);
    p.board = Color::hex(0x2463EB);
    p.scenario_b = Color::hex(0xB0308A);
    p.leader = Color::hex(0x8A5A00);
    p.recorded = Color::hex(0x161A20);
    p.signed_text = Color::hex(0x8A5A00);
    p.sector = Color::hex(0xF1F2EE);
    p.sector_out = Color::hex(0xF4F4F0);
    p.night = Color::hex(0xECEDE8);
    p.unsettled_fill = Color::hex(0xFFFFFF);
    p.boardroom = Color::hex(0xFFFFFF);
    p.on_signed = Color::hex(0x2A1F04);
    p.on_leader = Color::hex(0xFFFFFF);
    p.leader_rim = Color::hex(0xFFFFFF);
    p.dark = false;
    return p;
}

} // namespace

const Palette& palette(Theme theme)
{
    static const Palette dark = dark_palette();
    static const Palette light = light_palette();
    return theme == Theme::dark ? dark : light;
}

} // namespace walkout::render
