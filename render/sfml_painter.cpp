#include "render/sfml_painter.hpp"

#include "render/tessellate.hpp"

#include <SFML/Graphics/RenderTexture.hpp>
#include <SFML/Graphics/Texture.hpp>
#include <SFML/Graphics/Vertex.hpp>

#include <algorithm>

namespace walkout::render {

namespace {

/// Colors already multiplied by their alpha.
const sf::BlendMode blend_premultiplied(sf::BlendMode::One, sf::BlendMode::OneMinusSrcAlpha);

sf::Vector2f to_sfml(Point p)
{
    return {p.x, p.y};
}

/// Field by field: the constructors of SFML are calls, and there are many vertices.
void copy(const Vertex& from, sf::Vertex& to)
{
    to.position.x = from.at.x;
    to.position.y = from.at.y;
    to.color.r = from.color.r;
    to.color.g = from.color.g;
    to.color.b = from.color.b;
    to.color.a = from.color.a;
    to.texCoords.x = from.texel.x;
    to.texCoords.y = from.texel.y;
}

/// A view that shows some pixels of a target where they are, and no others.
sf::View view_of(const PixelRect& pixels, const sf::RenderTarget& target, const PixelRect& all)
{
    const auto x = static_cast<float>(pixels.left), y = static_cast<float>(pixels.top);
    const auto w = static_cast<float>(pixels.width());
    const auto h = static_cast<float>(pixels.height());
    const sf::Vector2f size(target.getSize());
    sf::View view(sf::FloatRect(x, y, w, h));
    view.setViewport({(x - static_cast<float>(all.left)) / size.x,
                      (y - static_cast<float>(all.top)) / size.y, w / size.x, h / size.y});
    return view;
}

/// A texture with the masks of an atlas.
class AtlasTexture {
public:
    Atlas atlas;

    const sf::Texture& up_to_date()
    {
        const auto side = static_cast<unsigned>(atlas.side());
        if (texture_.getSize().x != side)
            texture_.create(side, side);
        const PixelRect changes = atlas.take_changes();
        if (!changes.empty())
            upload(changes);
        return texture_;
    }

private:
    void upload(const PixelRect& area)
    {
        rgba_.clear();
        for (int y = area.top; y < area.bottom; ++y)
            for (int x = area.left; x < area.right; ++x) {
                const std::size_t texel = static_cast<std::size_t>(y * atlas.side() + x);
                rgba_.insert(rgba_.end(), {255, 255, 255, atlas.alpha()[texel]});
            }
        texture_.update(rgba_.data(), static_cast<unsigned>(area.width()),
                        static_cast<unsigned>(area.height()), static_cast<unsigned>(area.left),
                        static_cast<unsigned>(area.top));
    }

    sf::Texture texture_;
    std::vector<sf::Uint8> rgba_;
};

/// Draws a mesh step by step; loupes into textures of their own, which are kept for later frames.
class MeshPainter {
public:
    void draw(const Mesh& mesh, const sf::Texture& atlas, sf::RenderTarget& target)
    {
        const std::vector<Vertex>& from = mesh.quads.vertices;
        if (vertices_.size() < from.size())
            vertices_.resize(from.size());
        for (std::size_t i = 0; i < from.size(); ++i)
            copy(from[i], vertices_[i]);
        const sf::Vector2i size(target.getSize());
        targets_.assign(1, {&target, {0, 0, size.x, size.y}, {}});
        for (const Step& step : mesh.steps)
            std::visit([&](const auto& it) { draw_step(it, atlas); }, step);
    }

private:
    struct Target {
        sf::RenderTarget* target;
        PixelRect area; ///< of the whole picture that it shows
        LoupeStart loupe;
    };

    void draw_step(const Run& run, const sf::Texture& atlas)
    {
        const Target& to = targets_.back();
        sf::RenderStates states(run.ink == Ink::opaque ? sf::BlendNone : sf::BlendAlpha);
        states.texture = run.ink == Ink::atlas ? &atlas : nullptr;
        to.target->setView(view_of(run.clip, *to.target, to.area));
        to.target->draw(vertices_.data() + run.first, run.count, sf::Quads, states);
    }

    void draw_step(const LoupeStart& loupe, const sf::Texture&)
    {
        sf::RenderTexture& texture = loupe_texture(targets_.size() - 1, loupe.area);
        texture.clear(sf::Color::Transparent);
        targets_.push_back({&texture, loupe.area, loupe});
    }

    void draw_step(const LoupeEnd&, const sf::Texture&)
    {
        sf::RenderTexture& texture = *loupes_[targets_.size() - 2];
        texture.display();
        const LoupeStart loupe = targets_.back().loupe;
        targets_.pop_back();
        if (loupe.area.empty())
            return;
        Quads disc;
        disc.disc(loupe.center, loupe.r, Color{255, 255, 255, 255});
        std::vector<sf::Vertex> vertices;
        for (const Vertex& v : disc.vertices) {
            const sf::Color color(v.color.a, v.color.a, v.color.a, v.color.a);
            const sf::Vector2f corner(static_cast<float>(loupe.area.left),
                                      static_cast<float>(loupe.area.top));
            vertices.emplace_back(to_sfml(v.at), color, to_sfml(v.at) - corner);
        }
        sf::RenderStates states(blend_premultiplied);
        states.texture = &texture.getTexture();
        const Target& to = targets_.back();
        to.target->setView(view_of(loupe.area, *to.target, to.area));
        to.target->draw(vertices.data(), vertices.size(), sf::Quads, states);
    }

    sf::RenderTexture& loupe_texture(std::size_t depth, const PixelRect& area)
    {
        while (loupes_.size() <= depth)
            loupes_.push_back(std::make_unique<sf::RenderTexture>());
        const auto width = static_cast<unsigned>(std::max(area.width(), 1));
        const auto height = static_cast<unsigned>(std::max(area.height(), 1));
        sf::RenderTexture& texture = *loupes_[depth];
        if (texture.getSize() != sf::Vector2u(width, height))
            texture.create(width, height);
        return texture;
    }

    std::vector<sf::Vertex> vertices_;
    std::vector<Target> targets_;                            ///< the last one is drawn on
    std::vector<std::unique_ptr<sf::RenderTexture>> loupes_; ///< by depth
};

} // namespace

struct SfmlPainter::Kept {
    AtlasTexture atlas;
    Mesh mesh;
    MeshPainter painter;
};

SfmlPainter::SfmlPainter() : kept_(std::make_unique<Kept>()) {}
SfmlPainter::~SfmlPainter() = default;

void SfmlPainter::draw(const DisplayList& list, sf::RenderTarget& target)
{
    constexpr int largest_atlas = 4096;
    const sf::Vector2i size(target.getSize());
    auto& [texture, mesh, painter] = *kept_;
    Atlas& atlas = texture.atlas;
    tessellate(list, size.x, size.y, atlas, mesh);
    for (int side = atlas.side(); atlas.overflowed() && side <= largest_atlas; side *= 2) {
        atlas.start_over(side);
        tessellate(list, size.x, size.y, atlas, mesh);
    }
    target.clear();
    painter.draw(mesh, texture.up_to_date(), target);
    target.setView(sf::View(sf::FloatRect({0, 0}, sf::Vector2f(size))));
}

} // namespace walkout::render
