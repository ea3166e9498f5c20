package org.cairn.people;

import static java.util.Objects.requireNonNull;
import static org.cairn.db.schema.Tables.ACCOUNT;
import static org.cairn.db.schema.Tables.LEARNER;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cairn.AccountId;
import org.cairn.LearnerId;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.cairn.db.schema.tables.records.AccountRecord;
import org.cairn.db.schema.tables.records.LearnerRecord;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.RecordMapper;

/** Accounts and the learners behind them. */
public final class AccountStore {

    /** What {@link #ACCOUNT_ROW} reads. */
    public static final List<Field<?>> ACCOUNT_FIELDS = List.of(
            ACCOUNT.ID,
            ACCOUNT.TENANT_ID,
            ACCOUNT.PLATFORM_ID,
            ACCOUNT.SUB,
            ACCOUNT.LEARNER_ID,
            ACCOUNT.NAME,
            ACCOUNT.TEST_USER);

    public static final RecordMapper<Record, Account> ACCOUNT_ROW = row -> new Account(
            row.get(ACCOUNT.ID),
            row.get(ACCOUNT.TENANT_ID),
            row.get(ACCOUNT.PLATFORM_ID),
            row.get(ACCOUNT.SUB),
            row.get(ACCOUNT.LEARNER_ID),
            row.get(ACCOUNT.NAME),
            row.get(ACCOUNT.TEST_USER));

    private static final int CHUNK = 1000;

    private AccountStore() {}

    /**
     * The accounts of these people, by sub; who is new gets an account with a learner behind it. A name or the mark of a test user
     * that is given and differs is kept from now on.
     */
    public static Map<String, Account> findOrCreate(
            DSLContext db, TenantId tenant, PlatformId platform, Collection<Person> people, Instant now) {
        var bySub = new LinkedHashMap<String, Person>();
        people.forEach(person -> bySub.merge(person.sub(), person, (a, b) -> b.name() == null ? a : b));
        var accounts = bySub(db, tenant, platform, bySub.keySet());
        if (accounts.size() < bySub.size()) {
            var missing = new ArrayList<>(bySub.values());
            missing.removeIf(person -> accounts.containsKey(person.sub()));
            create(db, tenant, platform, missing, now);
            accounts.putAll(bySub(
                    db, tenant, platform, missing.stream().map(Person::sub).toList()));
        }
        var changed = accounts.values().stream()
                .filter(account -> !account.isAs(requireNonNull(bySub.get(account.sub()))))
                .toList();
        if (!changed.isEmpty()) {
            update(db, changed, bySub);
            accounts.putAll(bySub(
                    db, tenant, platform, changed.stream().map(Account::sub).toList()));
        }
        return accounts;
    }

    /** Empty where this tenant has no such account, or no longer. */
    public static Optional<Account> find(DSLContext db, TenantId tenant, AccountId account) {
        return list(db, tenant, List.of(account)).stream().findFirst();
    }

    /** Keeps who somebody was in the days of LTI 1.1, as her platform proved. */
    public static void former(DSLContext db, Account account, String sub) {
        db.update(ACCOUNT)
                .set(ACCOUNT.FORMER_SUB, sub)
                .where(
                        ACCOUNT.TENANT_ID.eq(account.tenant()),
                        ACCOUNT.ID.eq(account.id()),
                        ACCOUNT.FORMER_SUB.isDistinctFrom(sub))
                .execute();
    }

    /** The account of this sub, if there is one. */
    public static Optional<Account> find(DSLContext db, TenantId tenant, PlatformId platform, String sub) {
        return Optional.ofNullable(bySub(db, tenant, platform, List.of(sub)).get(sub));
    }

    public static List<Account> list(DSLContext db, TenantId tenant, Collection<AccountId> accounts) {
        return chunks(accounts)
                .flatMap(some -> db
                        .selectFrom(ACCOUNT)
                        .where(ACCOUNT.TENANT_ID.eq(tenant), ACCOUNT.ID.in(some))
                        .fetch(ACCOUNT_ROW)
                        .stream())
                .toList();
    }

    /** Every account of these learners, on whichever platform. */
    public static List<Account> ofLearners(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        return chunks(learners)
                .flatMap(some -> db
                        .selectFrom(ACCOUNT)
                        .where(ACCOUNT.TENANT_ID.eq(tenant), ACCOUNT.LEARNER_ID.in(some))
                        .fetch(ACCOUNT_ROW)
                        .stream())
                .toList();
    }

    /** Whose name contains this, whatever the case, or whom an LMS calls exactly so; by name. */
    public static List<Account> search(DSLContext db, TenantId tenant, String text, int most) {
        return db.selectFrom(ACCOUNT)
                .where(
                        ACCOUNT.TENANT_ID.eq(tenant),
                        ACCOUNT.NAME.containsIgnoreCase(text).or(ACCOUNT.SUB.eq(text)))
                .orderBy(ACCOUNT.NAME, ACCOUNT.ID)
                .limit(most)
                .fetch(ACCOUNT_ROW);
    }

    /** The accounts of a learner of one of these tenants; none where it is another's. */
    public static List<Account> ofLearner(DSLContext db, Collection<TenantId> tenants, LearnerId learner) {
        return db.selectFrom(ACCOUNT)
                .where(ACCOUNT.TENANT_ID.in(tenants), ACCOUNT.LEARNER_ID.eq(learner))
                .orderBy(ACCOUNT.NAME, ACCOUNT.ID)
                .fetch(ACCOUNT_ROW);
    }

    /**
     * Holds these learners until the transaction ends, in id order, so that two grades decided at once do not each miss what the
     * other awards, and do not wait for each other in a ring.
     */
    public static void lock(DSLContext db, TenantId tenant, Collection<LearnerId> learners) {
        db.select(LEARNER.ID)
                .from(LEARNER)
                .where(LEARNER.TENANT_ID.eq(tenant), LEARNER.ID.in(learners))
                .orderBy(LEARNER.ID)
                .forUpdate()
                .fetch();
    }

    private static Map<String, Account> bySub(
            DSLContext db, TenantId tenant, PlatformId platform, Collection<String> subs) {
        var isThem = ACCOUNT.TENANT_ID.eq(tenant).and(ACCOUNT.PLATFORM_ID.eq(platform));
        // H2 uses no more of an index than what comes before the list: many at once are found faster among all.
        boolean isMany = subs.size() > CHUNK;
        var wanted = isMany ? Set.copyOf(subs) : Set.<String>of();
        return db
                .selectFrom(ACCOUNT)
                .where(isMany ? isThem : isThem.and(ACCOUNT.SUB.in(subs)))
                .fetch(ACCOUNT_ROW)
                .stream()
                .filter(account -> !isMany || wanted.contains(account.sub()))
                .collect(Collectors.toMap(Account::sub, Function.identity(), (a, b) -> a, HashMap::new));
    }

    // Of 40,000 parameters a database makes no good plan, and of more none at all.
    private static <T> Stream<List<T>> chunks(Collection<T> all) {
        var list = List.copyOf(all);
        return IntStream.range(0, (list.size() + CHUNK - 1) / CHUNK)
                .mapToObj(i -> list.subList(i * CHUNK, Math.min(list.size(), (i + 1) * CHUNK)));
    }

    // An account that another transaction makes meanwhile fails the unique constraint here, and Database runs us again.
    private static void create(DSLContext db, TenantId tenant, PlatformId platform, List<Person> people, Instant now) {
        var learners = new ArrayList<LearnerRecord>();
        var accounts = new ArrayList<AccountRecord>();
        for (var person : people) {
            var learner = LearnerId.fresh();
            learners.add(new LearnerRecord(learner, tenant, now));
            accounts.add(new AccountRecord(
                    AccountId.fresh(),
                    tenant,
                    platform,
                    person.sub(),
                    learner,
                    person.name(),
                    person.testUser(),
                    null,
                    now));
        }
        db.batchInsert(learners).execute();
        db.batchInsert(accounts).execute();
    }

    private static void update(DSLContext db, List<Account> known, Map<String, Person> people) {
        db.batch(known.stream()
                        .map(account -> {
                            var person = requireNonNull(people.get(account.sub()));
                            return db.update(ACCOUNT)
                                    .set(ACCOUNT.NAME, person.name() == null ? account.name() : person.name())
                                    .set(ACCOUNT.TEST_USER, account.testUser() || person.testUser())
                                    .where(ACCOUNT.TENANT_ID.eq(account.tenant()), ACCOUNT.ID.eq(account.id()));
                        })
                        .toList())
                .execute();
    }
}
