package org.cairn.web;

import gg.jte.Content;
import java.util.Set;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/** Markdown as HTML that is safe to show: markup in the text is shown as text, and links lead only to web addresses. */
public final class Markdown {

    // Deeper than any text that people read; what was made to be deep would fill the stack.
    private static final Parser PARSER =
            Parser.builder().maxOpenBlockParsers(32).maxInlineNesting(32).build();

    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .nodeRendererFactory(WithoutImages::new)
            .build();

    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.STRIP)
            .build();

    private Markdown() {}

    /** The words alone, in one line. */
    public static String plain(String text) {
        return TEXT.render(PARSER.parse(text)).strip();
    }

    public static Content of(String text) {
        var html = RENDERER.render(PARSER.parse(text));
        return output -> output.writeContent(html);
    }

    /** A picture from elsewhere would tell whose it is who reads; its words stay. */
    private record WithoutImages(HtmlNodeRendererContext context) implements NodeRenderer {

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Image.class);
        }

        @Override
        public void render(Node image) {
            for (var word = image.getFirstChild(); word != null; word = word.getNext()) {
                context.render(word);
            }
        }
    }
}
