package org.cairn.lti;

import static org.cairn.lti.IdToken.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an LMS tells without anybody launching (Platform Notification Service 1.0). Each notice is signed and taken by itself, and taken
 * once, whatever becomes of the others and however often it comes. Safe for many threads and nodes.
 */
public final class Notices {

    /** A test of the connection. */
    static final String HELLO = "LtiHelloWorldNotice";

    /** A course was made as a copy of others. */
    static final String COPY = "LtiContextCopyNotice";

    /** What Cairn understands. */
    public static final Set<String> TYPES = Set.of(HELLO, COPY);

    /** How many may come at once. */
    public static final int MOST = 100;

    /** A notice may wait in the LMS's queue, as long as its own expiry allows; and is known for longer than that. */
    private static final Duration OLDEST = Duration.ofDays(1);

    private static final Duration KNOWN = Duration.ofDays(7);
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .build();

    /** What became of a notice: taken, known already, or of a type that Cairn does not understand; or refused, for this reason. */
    public record Outcome(Word word, @Nullable Problem problem) {

        public enum Word {
            TAKEN,
            REPEATED,
            IGNORED,
            REFUSED
        }
    }

    private final Database database;
    private final KeySets keySets;
    private final Clock clock;

    public Notices(Database database, KeySets keySets, Clock clock) {
        this.database = database;
        this.keySets = keySets;
        this.clock = clock;
    }

    /**
     * Takes what an LMS posted, and says of each notice what became of it. Throws Problem NOT_FOUND where no such platform is connected,
     * MALFORMED or TOO_LARGE where this is no list of at most a hundred notices; then nothing is kept.
     */
    public List<Outcome> take(PlatformId platformId, byte[] body) {
        var platform = database.inTransaction(db -> PlatformStore.find(db, platformId))
                .orElseThrow(() -> new Problem(
                        Problem.Kind.NOT_FOUND,
                        "registration_unknown",
                        "This address for notices belongs to no connection; subscribe with the one that Cairn gave."));
        return list(body).stream().map(jwt -> take(platform, jwt)).toList();
    }

    /** Forgets notices so old that they would not be taken again. */
    public int sweep() {
        return database.inTransaction(
                db -> NoticeStore.sweep(db, clock.instant().minus(KNOWN)));
    }

    private static List<String> list(byte[] body) {
        var notices = json(body).path("notices");
        if (!notices.isArray()) {
            throw malformed();
        }
        if (notices.size() > MOST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "notices_too_many",
                    "At most %d notices are taken at once; nothing was kept.".formatted(MOST));
        }
        return StreamSupport.stream(notices.spliterator(), false)
                .map(notice -> notice.path("jwt").asText(""))
                .toList();
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw malformed();
        }
    }

    private static Problem malformed() {
        return new Problem(
                Problem.Kind.MALFORMED,
                "notices_malformed",
                "Notices are posted as JSON: {\"notices\":[{\"jwt\":\"…\"}]}. Nothing was kept.");
    }

    private Outcome take(Platform platform, String jwt) {
        try {
            var now = clock.instant();
            var claims = IdToken.read(jwt, platform, kid -> keySets.find(platform, kid), now, OLDEST);
            return new Outcome(take(platform, claims, now), null);
        } catch (Problem refused) {
            LOG.info("notice of platform {} refused: {} {}", platform.id(), refused.code(), refused.detail());
            return new Outcome(Outcome.Word.REFUSED, refused);
        }
    }

    private Outcome.Word take(Platform platform, Claims claims, Instant now) {
        check(claims.lti("version").equals("1.3.0"), Refusal.VERSION_WRONG);
        var deploymentId = IdToken.deploymentId(claims);
        var id = claims.id("notice", "id");
        var type = claims.id("notice", "type");
        if (id == null || type == null || type.length() > 100) {
            throw Refusal.NOTICE_MALFORMED.problem();
        }
        return database.inTransaction(db -> {
            var deployment = PlatformStore.findDeployment(db, platform.id(), deploymentId)
                    .orElseThrow(Refusal.DEPLOYMENT_PENDING::problem);
            if (!TYPES.contains(type)) {
                return Outcome.Word.IGNORED;
            }
            if (NoticeStore.isKnown(db, deployment, id)) {
                return Outcome.Word.REPEATED;
            }
            NoticeStore.keep(db, deployment, id, type, now);
            if (type.equals(HELLO)) {
                SubscriptionStore.hello(db, deployment, now);
            } else {
                copied(db, deployment, claims, now);
            }
            return Outcome.Word.TAKEN;
        });
    }

    private static void copied(DSLContext db, Deployment deployment, Claims claims, Instant now) {
        var context = claims.id("context", "id");
        if (context == null) {
            throw Refusal.NOTICE_MALFORMED.problem();
        }
        var course = CourseStore.announce(db, deployment, context, claims.title("context"), now);
        OriginStore.copied(db, course, claims.originContexts(), now);
    }
}
