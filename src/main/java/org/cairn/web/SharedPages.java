package org.cairn.web;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.regex.Pattern;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.SharedLinks;

/** What somebody sees to whom a learner gave a link: one of her credentials, and its files, until the link ends. */
final class SharedPages {

    static final String PATH = "/shared/";

    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Database database;
    private final Credentials credentials;
    private final VerifyPages verify;
    private final CredentialFiles files;
    private final Clock clock;

    SharedPages(Database database, Credentials credentials, VerifyPages verify, CredentialFiles files, Clock clock) {
        this.database = database;
        this.credentials = credentials;
        this.verify = verify;
        this.files = files;
        this.clock = clock;
    }

    void show(Context context) {
        context.header("X-Robots-Tag", "noindex").header("Cache-Control", "no-store");
        var asked = context.pathParam("link");
        int dot = asked.indexOf('.');
        var secret = dot < 0 ? asked : asked.substring(0, dot);
        var credential = credential(secret);
        var path = PATH + secret;
        if (dot < 0) {
            verify.show(context, credential, path);
        } else {
            files.shared(
                    context,
                    credential,
                    asked.substring(dot),
                    credentials.addresses().publicUrl() + path);
        }
    }

    /** The signed form itself, for a wallet that posts to the link: the Learner Credential Wallet does, with a presentation that we need not. */
    void hand(Context context) {
        files.handed(context, credential(context.pathParam("link")));
    }

    /** Whether this may be the path of a link. */
    static boolean isLink(String path) {
        return path.startsWith(PATH)
                && SECRET.matcher(path.substring(PATH.length())).matches();
    }

    private Credential credential(String secret) {
        return database.inTransaction(db -> {
            var link = SharedLinks.find(db, secret).orElseThrow(SharedPages::unknown);
            if (!link.isOpen(clock.instant())) {
                throw new Problem(
                        Problem.Kind.GONE,
                        "link_ended",
                        "The link has ended: it was made for a certain time. Ask whoever gave it to you for a new one.");
            }
            return credentials.find(db, link.credential()).orElseThrow(SharedPages::unknown);
        });
    }

    private static Problem unknown() {
        return new Problem(
                Problem.Kind.NOT_FOUND,
                "link_unknown",
                "There is no such link; copy the whole of it again, or ask whoever gave it to you for a new one.");
    }
}
