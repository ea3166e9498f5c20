package org.cairn.lti;

import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.COURSE;
import static org.cairn.db.schema.Tables.DEPLOYMENT;
import static org.cairn.db.schema.Tables.MEMBER;
import static org.cairn.db.schema.Tables.PLACEMENT;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cairn.PlatformId;
import org.cairn.db.Prepared;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Role;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What is known of a launch before it is let in, in one look: a class opens Cairn at once, and nearly always all of it is known. */
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
                    CourseStore.PLACEMENT_FIELDS,
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

    private static Known known(Record row) {
        return new Known(
                PlatformStore.DEPLOYMENT_ROW.map(row),
                row.get(COURSE.ID) == null ? null : CourseStore.COURSE_ROW.map(row),
                row.get(PLACEMENT.ID) == null ? null : CourseStore.PLACEMENT_ROW.map(row),
                row.get(ACCOUNT.ID) == null ? null : AccountStore.ACCOUNT_ROW.map(row),
                row.get(MEMBER.ROLE) == null ? null : Role.valueOf(row.get(MEMBER.ROLE)));
    }
}
