#pragma once

#include "render/display_list.hpp"

#include <SFML/Graphics/RenderTarget.hpp>

#include <memory>

namespace walkout::render {

/// Draws display lists with SFML, in very few draw calls; needs a display. Text and marks look as
/// `CairoPainter` draws them.
class SfmlPainter {
public:
    SfmlPainter();
    ~SfmlPainter();

    /// Draw a list from the top left corner, over black. The target's view is left covering all of
    /// it, one unit a pixel.
    void draw(const DisplayList& list, sf::RenderTarget& target);

private:
    struct Kept;
    std::unique_ptr<Kept> kept_;
};

} // namespace walkout::render
