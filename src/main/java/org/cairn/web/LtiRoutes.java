package org.cairn.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cairn.award.CollectionStore;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.keys.PublicSigningKey;
import org.cairn.lti.Launches;
import org.cairn.lti.Login;
import org.cairn.lti.ResourceLaunch;

/** What an LMS speaks to: login, launch, keys. */
final class LtiRoutes {

    private final Database database;
    private final Login login;
    private final Launches launches;
    private final Keys keys;
    private final Checks checks;

    LtiRoutes(Database database, Login login, Launches launches, Keys keys, Checks checks) {
        this.database = database;
        this.login = login;
        this.launches = launches;
        this.keys = keys;
        this.checks = checks;
    }

    void login(Context context) {
        var parameters = single(context.queryParamMap());
        parameters.putAll(single(context.formParamMap()));
        context.redirect(login.begin(parameters, Browsers.findOrCreate(context)).toString(), HttpStatus.FOUND);
    }

    void launch(Context context) {
        // A browser without its cookie is another browser, and is told so.
        var browser = Browsers.findOrCreate(context);
        switch (launches.accept(single(context.formParamMap()), browser)) {
            case ResourceLaunch launch -> {
                var entered = launches.enter(launch, browser);
                var course = entered.course();
                boolean isFirst = database.inTransaction(db -> CollectionStore.find(db, course.tenant(), course.id()))
                        .isEmpty();
                // Only a teacher's first visit waits for the roster: her page is empty without it.
                if (isFirst && launch.role().seesCourse()) {
                    checks.now(course.tenant(), course.id());
                } else {
                    checks.soon(course.tenant(), course.id());
                }
                context.redirect("/in/" + entered.placement().id(), HttpStatus.SEE_OTHER);
            }
        }
    }

    void keys(Context context) {
        context.header("Cache-Control", "public, max-age=300");
        context.json(Map.of(
                "keys", keys.ltiKeys().stream().map(PublicSigningKey::jwk).toList()));
    }

    private static Map<String, String> single(Map<String, List<String>> parameters) {
        var single = new HashMap<String, String>();
        parameters.forEach((name, values) -> single.put(name, values.getFirst()));
        return single;
    }
}
