package org.cairn;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who may lean on whom, and what is known where: the arrows of the house. */
class HouseRulesTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.cairn");

    /** Each room, and the rooms that it may lean on. Every room may use the root's ids, its exception and its digest. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry(
                    "web",
                    Set.of(
                            "award",
                            "catalog",
                            "evidence",
                            "lti",
                            "openbadges",
                            "openid",
                            "keys",
                            "rule",
                            "people",
                            "db",
                            "templates")),
            Map.entry("award", Set.of("rule", "catalog", "evidence", "openbadges", "lti", "people", "db")),
            Map.entry("evidence", Set.of("rule", "lti", "people", "outbound", "db")),
            Map.entry("openbadges", Set.of("rule", "keys", "outbound", "db")),
            Map.entry("openid", Set.of("people", "keys", "outbound")),
            Map.entry("catalog", Set.of("rule", "openbadges", "people", "db")),
            Map.entry("lti", Set.of("people", "keys", "outbound", "db")),
            Map.entry("people", Set.of("db")),
            Map.entry("keys", Set.of("db")),
            Map.entry("rule", Set.of()),
            Map.entry("db", Set.of()),
            Map.entry("outbound", Set.of()),
            Map.entry("sandbox", Set.of("templates")));

    /** What the root offers to every room. App, Cairn, Demo and Config wire, and no room knows them; web is told the Config. */
    private static final Pattern FOR_ALL = Pattern.compile("org\\.cairn\\.(\\w+Id|ExactJson|Problem(\\$Kind)?|Sha256)");

    @Test
    void rooms_lean_only_on_the_rooms_that_the_arrows_allow() {
        var wrong = new TreeSet<String>();
        for (var one : HOUSE) {
            var room = room(one);
            if (ARROWS.containsKey(room)) {
                one.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass())
                        .filter(target -> !isAllowed(room, target))
                        .forEach(target -> wrong.add(one.getName() + " → " + target.getName()));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_room_has_its_arrows_stated() {
        var rooms = new TreeSet<String>();
        HOUSE.forEach(one -> rooms.add(room(one)));
        rooms.removeAll(Set.of("", "templates"));
        assertThat(rooms).isEqualTo(new TreeSet<>(ARROWS.keySet()));
    }

    @Test
    void only_stores_touch_generated_tables() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.cairn.db..")
                .and(describe("are no store, and do not only keep its rows", HouseRulesTest::isNoStore))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.cairn.db.schema..")
                .check(HOUSE);
    }

    @Test
    void only_web_and_sandbox_know_javalin_and_the_template_engine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.cairn.web..", "org.cairn.sandbox..", "org.cairn.templates..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "gg.jte..")
                .check(HOUSE);
    }

    @Test
    void only_six_rooms_know_jwts() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.cairn.lti..",
                        "org.cairn.evidence..",
                        "org.cairn.openbadges..",
                        "org.cairn.openid..",
                        "org.cairn.keys..",
                        "org.cairn.sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.auth0..")
                .check(HOUSE);
    }

    @Test
    void only_the_app_and_the_sandbox_read_the_time() {
        var clocks = Set.of(
                Instant.class.getName(),
                Clock.class.getName(),
                LocalDate.class.getName(),
                LocalDateTime.class.getName(),
                OffsetDateTime.class.getName(),
                ZonedDateTime.class.getName());
        noClasses()
                .that()
                .resideOutsideOfPackage("org.cairn.sandbox..")
                .and()
                .doNotHaveFullyQualifiedName(App.class.getName())
                .should()
                .callMethodWhere(describe("read the time", call -> {
                    var target = call.getTarget();
                    return (clocks.contains(target.getOwner().getName())
                                    && (target.getName().equals("now")
                                            || target.getName().startsWith("system")))
                            || target.getFullName().startsWith("java.lang.System.currentTimeMillis");
                }))
                .check(HOUSE);
    }

    @Test
    void the_rule_engine_is_pure() {
        classes()
                .that()
                .resideInAPackage("org.cairn.rule..")
                .should()
                .onlyDependOnClassesThat(resideInAPackage("org.cairn.rule..")
                        .or(resideInAPackage("java.."))
                        .or(resideInAPackage("com.fasterxml.jackson.."))
                        .or(resideInAPackage("com.ibm.icu.."))
                        .or(resideInAPackage("org.jspecify.."))
                        .or(describe(
                                "the root's ids",
                                target -> FOR_ALL.matcher(target.getName()).matches())))
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("org.cairn.rule..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .check(HOUSE);
    }

    /**
     * Queries that cannot name a tenant, because they are how one is found: by issuer and client, by deployment, by nonce, by key hash,
     * by browser and placement, by the hash of an invitation, a shared link, or what a wallet or an app has, apps that register themselves, by an issuer's or a credential's public id, a platform's key set, its registration
     * and its secrets of LTI 1.1, our own keys, operators by token, session or subject (their lists are of whom the asking operator may
     * see), published standards, and what is swept by age or due for delivery.
     */
    @Test
    void every_query_names_its_tenant_but_for_a_listed_few() throws IOException {
        var exempt = Set.of(
                "TenantStore",
                "PlatformStore",
                "KeySetStore",
                "FormerStore",
                "KeyStore",
                "SessionStore",
                "OperatorStore",
                "StandardStore",
                "AppStore");
        var exemptMethods = Set.of(
                "CredentialStore.find",
                "CredentialStore.count",
                "CredentialStore.taken",
                "CredentialStore.revoked",
                "GivenEndorsementStore.find",
                "GivenEndorsementStore.revoked",
                "EndorsementStore.due",
                "IssuerStore.find",
                "IssuerStore.unlooked",
                "IssuerNameStore.find",
                "IssuerNameStore.names",
                "IssuerNameStore.list",
                "IssuerNameStore.remember",
                "InvitationStore.find",
                "SharedLinkStore.find",
                "SharedLinkStore.sweep",
                "WalletOfferStore.take",
                "WalletOfferStore.miss",
                "WalletOfferStore.find",
                "WalletOfferStore.sweep",
                "ConsentSessionStore.enter",
                "ConsentSessionStore.find",
                "ConsentSessionStore.sweep",
                "ConnectionStore.findByCode",
                "ConnectionStore.sweep",
                "TokenStore.sweep",
                "RegistrationStore.isClientOfAnother",
                "RegistrationStore.findUpdate",
                "RegistrationStore.keepUpdate",
                "GradeKeyStore.find",
                "ScoreStore.due",
                "SubscriptionStore.due",
                "NoticeStore.sweep");
        var wrong = new TreeSet<String>();
        for (var store : stores()) {
            var name = store.getFileName().toString().replace(".java", "");
            if (exempt.contains(name)) {
                continue;
            }
            for (var method : methods(Files.readString(store))) {
                boolean asks = Pattern.compile("\\.(where|from|fetchCount)\\(|selectFrom\\(|deleteFrom\\(|\\.update\\(")
                        .matcher(method.body())
                        .find();
                if (asks
                        && !method.body().contains("TENANT_ID")
                        && !method.body().contains("condition")
                        && !exemptMethods.contains(name + "." + method.name())) {
                    wrong.add(name + "." + method.name());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void names_say_what_a_thing_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Service|Dto|Mapper|Factory|Abstract\\w*)$")
                .check(HOUSE);
    }

    private static boolean isAllowed(String room, JavaClass target) {
        if (!target.getPackageName().startsWith("org.cairn")) {
            return true;
        }
        var other = room(target);
        return other.equals(room)
                || ARROWS.getOrDefault(room, Set.of()).contains(other)
                || (other.isEmpty() && FOR_ALL.matcher(target.getName()).matches())
                || (room.equals("web") && target.getName().equals("org.cairn.Config"));
    }

    private static boolean isNoStore(JavaClass one) {
        var name = one.getName();
        // Keys and Reports hand rows to the store of their own room, and never a query.
        return !name.matches(".*Store(\\$.*)?")
                && !name.equals("org.cairn.keys.Keys")
                && !name.equals("org.cairn.evidence.Reports");
    }

    private static String room(JavaClass one) {
        var name = one.getPackageName().replaceFirst("^org\\.cairn\\.?", "");
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    private static List<Path> stores() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith("Store.java")).toList();
        }
    }

    private record Method(String name, String body) {}

    private static List<Method> methods(String source) {
        var starts = Pattern.compile("(?m)^    (?:public |private )?static [^=;]*?\\b(\\w+)\\(")
                .matcher(source);
        var methods = new java.util.ArrayList<Method>();
        int from = -1;
        String name = "";
        while (starts.find()) {
            if (from >= 0) {
                methods.add(new Method(name, source.substring(from, starts.start())));
            }
            from = starts.start();
            name = starts.group(1);
        }
        if (from >= 0) {
            methods.add(new Method(name, source.substring(from)));
        }
        return methods;
    }
}
