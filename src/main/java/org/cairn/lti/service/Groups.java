package org.cairn.lti.service;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairn.db.Text;
import org.cairn.keys.Keys;
import org.cairn.lti.Platform;
import org.cairn.outbound.Outbound;

/**
 * The groups of a course (Course Groups Service 1.0); who is in them, the roster says. Safe for many threads; calls out, so never to be
 * used within a transaction.
 */
public final class Groups {

    private static final String MEDIA = "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json";
    private static final String WHAT = "the groups of this course";
    private static final Set<String> SCOPE =
            Set.of("https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly");
    private static final int LONGEST = 255;

    private final Services services;

    public Groups(Outbound outbound, Keys keys, Clock clock) {
        this.services = new Services(outbound, new Tokens(outbound, keys, clock), clock);
    }

    /** Names by id; empty where not all could be read. Throws Problem UPSTREAM where the LMS does not play along. */
    public Optional<Map<String, String>> read(Platform platform, URI groups) {
        var names = new LinkedHashMap<String, String>();
        boolean isWhole = services.pages(platform, SCOPE, groups, MEDIA, WHAT, page -> {
            if (!page.path("groups").isArray()) {
                throw Services.upstream("Your LMS gave Cairn %s in a form that it cannot read.".formatted(WHAT), "");
            }
            page.path("groups").forEach(group -> {
                var id = group.path("id").asText("");
                var name = group.path("name").asText("").strip();
                if (!id.isBlank() && id.length() <= LONGEST && Text.isKept(id)) {
                    names.put(id, name.isEmpty() || !Text.isKept(name) ? id : Text.cut(name, LONGEST));
                }
            });
        });
        return isWhole ? Optional.of(names) : Optional.empty();
    }
}
