package org.cairn.lti;

import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.DEPLOYMENT;
import static org.cairn.db.schema.Tables.MEMBER;
import static org.cairn.db.schema.Tables.PLACEMENT;
import static org.cairn.db.schema.Tables.SESSION;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cairn.CourseId;
import org.cairn.DeploymentId;
import org.cairn.PlacementId;
import org.cairn.PlatformId;
import org.cairn.SessionId;
import org.cairn.TenantId;
import org.cairn.db.Prepared;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Role;
import org.cairn.people.SessionStore;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What is known of a launch before it is let in, in one look; and the one statement that lets in whoever is known. */
final class ArrivalStore {

    /**
     * Each part is null before its first launch.
     *
     * @param role what the account was in the course, by the last launch or roster; null where it was not in it
     */
    record Known(
            Deployment deployment,
            @Nullable Course course,
            @Nullable Placement placement,
            @Nullable Account account,
            @Nullable Role role) {}

    private static final Param<PlatformId> PLATFORM = param("platform", DEPLOYMENT.PLATFORM_ID.getDataType());
    private static final Param<String> DEPLOYED = param("deployment", DEPLOYMENT.EXTERNAL_ID.getDataType());
    private static final Param<String> CONTEXT = param("context", COURSE.CONTEXT_ID.getDataType());
    private static final Param<String> LINK = param("link", PLACEMENT.RESOURCE_LINK_ID.getDataType());
    private static final Param<String> SUB = param("sub", ACCOUNT.SUB.getDataType());

    private static final List<Field<?>> FIELDS = Stream.of(
                    PlatformStore.DEPLOYMENT_FIELDS,
                    CourseStore.COURSE_FIELDS,
                    PlacementStore.PLACEMENT_FIELDS,
                    AccountStore.ACCOUNT_FIELDS,
                    List.<Field<?>>of(MEMBER.ROLE))
            .<Field<?>>flatMap(List::stream)
            .toList();

    private static final Prepared FIND = new Prepared(
            select(FIELDS)
                    .from(DEPLOYMENT)
                    .leftJoin(COURSE)
                    .on(
                            COURSE.TENANT_ID.eq(DEPLOYMENT.TENANT_ID),
                            COURSE.DEPLOYMENT_ID.eq(DEPLOYMENT.ID),
                            COURSE.CONTEXT_ID.eq(CONTEXT))
                    .leftJoin(PLACEMENT)
                    .on(
                            PLACEMENT.TENANT_ID.eq(COURSE.TENANT_ID),
                            PLACEMENT.COURSE_ID.eq(COURSE.ID),
                            PLACEMENT.RESOURCE_LINK_ID.eq(LINK))
                    .leftJoin(ACCOUNT)
                    .on(
                            ACCOUNT.TENANT_ID.eq(DEPLOYMENT.TENANT_ID),
                            ACCOUNT.PLATFORM_ID.eq(DEPLOYMENT.PLATFORM_ID),
                            ACCOUNT.SUB.eq(SUB))
                    .leftJoin(MEMBER)
                    .on(
                            MEMBER.TENANT_ID.eq(COURSE.TENANT_ID),
                            MEMBER.COURSE_ID.eq(COURSE.ID),
                            MEMBER.ACCOUNT_ID.eq(ACCOUNT.ID))
                    .where(
                            DEPLOYMENT.PLATFORM_ID.eq(PLATFORM),
                            DEPLOYMENT.EXTERNAL_ID.eq(DEPLOYED),
                            DEPLOYMENT.ENDED.eq(inline(0))),
            CONTEXT,
            LINK,
            SUB,
            PLATFORM,
            DEPLOYED);

    private static final Param<SessionId> ID = param("session", SESSION.ID.getDataType());
    private static final Param<String> BROWSER = param("browser", SESSION.BROWSER_HASH.getDataType());
    private static final Param<PlacementId> AT = param("placement", SESSION.PLACEMENT_ID.getDataType());
    private static final Param<Instant> NOW = param("now", SESSION.STARTED_AT.getDataType());
    private static final Param<Instant> UNTIL = param("until", SESSION.EXPIRES_AT.getDataType());
    private static final Param<TenantId> TENANT = param("tenant", DEPLOYMENT.TENANT_ID.getDataType());
    private static final Param<DeploymentId> OF = param("deployment_id", DEPLOYMENT.ID.getDataType());
    private static final Param<String> NAME = param("name", ACCOUNT.NAME.getDataType());
    private static final Param<Boolean> TEST_USER = param("test_user", ACCOUNT.TEST_USER.getDataType());
    private static final Param<CourseId> IN = param("course", MEMBER.COURSE_ID.getDataType());
    private static final Param<String> ROLE = param("role", MEMBER.ROLE.getDataType());

    private static final Prepared BEGIN = new Prepared(
            SessionStore.startFor(select(ID, BROWSER, AT, ACCOUNT.TENANT_ID, ACCOUNT.ID, MEMBER.ROLE, NOW, UNTIL)
                    .from(DEPLOYMENT)
                    .join(ACCOUNT)
                    .on(ACCOUNT.TENANT_ID.eq(DEPLOYMENT.TENANT_ID), ACCOUNT.PLATFORM_ID.eq(DEPLOYMENT.PLATFORM_ID))
                    .join(MEMBER)
                    .on(MEMBER.TENANT_ID.eq(ACCOUNT.TENANT_ID), MEMBER.ACCOUNT_ID.eq(ACCOUNT.ID))
                    .where(
                            DEPLOYMENT.TENANT_ID.eq(TENANT),
                            DEPLOYMENT.ID.eq(OF),
                            DEPLOYMENT.ENDED.eq(inline(0)),
                            ACCOUNT.SUB.eq(SUB),
                            // As Account.isAs has it: nothing that the launch says of her is news.
                            ACCOUNT.NAME.isNotDistinctFrom(coalesce(NAME, ACCOUNT.NAME)),
                            ACCOUNT.TEST_USER.ge(TEST_USER),
                            MEMBER.COURSE_ID.eq(IN),
                            MEMBER.ROLE.eq(ROLE))),
            ID,
            BROWSER,
            AT,
            NOW,
            UNTIL,
            TENANT,
            OF,
            SUB,
            NAME,
            TEST_USER,
            IN,
            ROLE);

    private ArrivalStore() {}

    /** By the LMS's names; empty where nobody has approved the deployment. */
    static Optional<Known> find(DSLContext db, Launch launch) {
        var rows = FIND.fetch(
                db,
                FIELDS,
                launch.courseKey(),
                launch.linkKey(),
                launch.person().sub(),
                launch.platform().id(),
                launch.deploymentId());
        return rows.stream().findFirst().map(ArrivalStore::known);
    }

    /**
     * Begins a session for whoever is in the course as just the one that the launch says she is. False, and nothing is begun, where
     * anything about her is news, the deployment has been moved since the place was read, or the nonce was used before.
     */
    static boolean begin(
            DSLContext db,
            Launch launch,
            Places.Place place,
            SessionId session,
            Browser browser,
            Instant now,
            Instant until) {
        var course = place.course();
        int begun = BEGIN.execute(
                db,
                session,
                browser.hash(),
                place.placement().id(),
                now,
                until,
                course.tenant(),
                course.deployment(),
                launch.person().sub(),
                launch.person().name(),
                launch.person().testUser(),
                course.id(),
                launch.role().name());
        return begun == 1;
    }

    private static Known known(Record row) {
        return new Known(
                PlatformStore.DEPLOYMENT_ROW.map(row),
                row.get(COURSE.ID) == null ? null : CourseStore.COURSE_ROW.map(row),
                row.get(PLACEMENT.ID) == null ? null : PlacementStore.PLACEMENT_ROW.map(row),
                row.get(ACCOUNT.ID) == null ? null : AccountStore.ACCOUNT_ROW.map(row),
                row.get(MEMBER.ROLE) == null ? null : Role.valueOf(row.get(MEMBER.ROLE)));
    }
}
