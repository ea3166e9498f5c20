package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.cairn.Cairn;
import org.cairn.openid.Institution;
import org.cairn.people.OperatorStore;
import org.cairn.testing.SettableClock;
import org.cairn.testing.TestApp;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An operator links herself once, with her token, and signs in at her institution from then on. */
class InstitutionSignInTest {

    private static final SettableClock CLOCK = new SettableClock();

    private static Institution institution;
    private static Cairn cairn;
    private static String url;

    @BeforeAll
    static void start() {
        institution = new Institution(CLOCK);
        Path data = TestApp.folder();
        int port = TestApp.freePort();
        url = "http://localhost:" + port;
        cairn = Cairn.start(TestApp.bare(data, port, institution.settings()), CLOCK);
    }

    @AfterAll
    static void stop() {
        cairn.close();
        institution.close();
    }

    @Test
    void who_linked_herself_signs_in_there_and_her_token_is_worth_nothing() {
        var added = add("Grace");
        var desk = Desk.signedIn(url, added.token());
        assertThat(desk.get("/admin/operators").body()).contains("You can sign in at localhost");
        var back = link(desk, "grace");
        assertThat(desk.get(back).headers().firstValue("Location").orElseThrow())
                .contains("done=linked");
        assertThat(desk.get("/admin/operators?done=linked").body())
                .contains("your token is worth nothing any more")
                .contains("at the institution")
                .doesNotContain("Link me");
        var old = new Desk(url);
        assertThat(old.send(old.form("/admin/sign-in", Map.of("token", added.token())))
                        .statusCode())
                .isEqualTo(401);

        var elsewhere = new Desk(url);
        assertThat(elsewhere.get("/admin/sign-in").body()).contains("Sign in at localhost");
        var answer = elsewhere.get(signIn(elsewhere, "grace"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(elsewhere.get("/admin").body()).contains("Grace");
        var kept = cairn.database()
                .inTransaction(db -> db.fetch("select * from operator").formatCSV());
        assertThat(kept).contains("Grace").doesNotContain("grace");
    }

    @Test
    void a_stranger_of_the_same_institution_is_nobody_here() {
        var desk = new Desk(url);
        var answer = desk.get(signIn(desk, "stranger"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Nobody who runs Cairn is linked to you");
        assertThat(desk.get("/admin").statusCode()).isEqualTo(303);
    }

    @Test
    void what_came_back_is_taken_once_and_in_the_browser_that_began_it() {
        var desk = Desk.signedIn(url, add("Once").token());
        desk.get(link(desk, "once"));
        var first = new Desk(url);
        var back = signIn(first, "once");
        var begun = first.cookies();
        assertThat(new Desk(url).get(back).statusCode()).as("another browser").isEqualTo(401);
        assertThat(first.get(back).statusCode()).isEqualTo(303);
        assertThat(first.get(back).statusCode()).as("its cookie is gone").isEqualTo(401);
        var replay = new Desk(url);
        replay.cookies(begun);
        assertThat(replay.get(back).statusCode())
                .as("though the institution took the code twice")
                .isEqualTo(403);
        assertThat(replay.get("/admin").statusCode()).isEqualTo(303);
    }

    @Test
    void a_link_is_made_only_for_who_is_signed_in_and_of_one_person_to_one_operator() {
        var one = Desk.signedIn(url, add("One").token());
        var back = link(one, "shared");
        var session = one.cookies().get("cairn-operator");
        // Somebody else signs in meanwhile in that browser.
        var other = Desk.signedIn(url, add("Other").token());
        var cookies = new java.util.HashMap<>(one.cookies());
        cookies.put("cairn-operator", other.cookies().get("cairn-operator"));
        one.cookies(cookies);
        assertThat(one.get(back).statusCode()).isEqualTo(403);

        cookies = new java.util.HashMap<>();
        cookies.put("cairn-operator", session);
        one.cookies(cookies);
        one.get("/admin/operators");
        assertThat(one.get(link(one, "shared")).statusCode()).isEqualTo(303);
        var refused = other.get(link(other, "shared"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Another operator signs in as this person already");
    }

    @Test
    void a_link_is_asked_for_by_its_own_page_only() {
        var desk = Desk.signedIn(url, add("Careful").token());
        assertThat(desk.post("/admin/link", Map.of("token", "guessed")).statusCode())
                .isEqualTo(403);
        assertThat(new Desk(url).post("/admin/link", Map.of()).statusCode()).isEqualTo(401);
    }

    /** Where the institution sends the browser back to, after this person signed in there. */
    private static String signIn(Desk desk, String subject) {
        var begun = desk.get("/admin/sign-in/institution");
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("; Path=/admin/sign-in", "; HttpOnly", "; Secure", "; SameSite=Lax");
        return back(URI.create(begun.headers().firstValue("Location").orElseThrow()), subject);
    }

    private static String link(Desk desk, String subject) {
        var page = desk.post("/admin/link", Map.of()).body();
        var address = Pattern.compile("href=\"(http://localhost[^\"]+)\"").matcher(page);
        assertThat(address.find()).isTrue();
        return back(URI.create(address.group(1).replace("&amp;", "&")), subject);
    }

    private static String back(URI address, String subject) {
        var asked = TestPlatform.query(address);
        institution.give(institution.sign(institution.claims(subject, asked.get("nonce"))));
        return "/admin/sign-in/return?code=c&state=" + asked.get("state");
    }

    private static OperatorStore.Added add(String name) {
        return cairn.database().inTransaction(db -> OperatorStore.add(db, null, name, CLOCK.instant()));
    }
}
