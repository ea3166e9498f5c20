-- One set of tables for H2 and PostgreSQL. A table belongs to one room, named above it.
-- Instants are UTC to the microsecond. JSON is text: it is read whole and never searched.

-- people ------------------------------------------------------------------------------------------------------------

create table tenant (
  id         uuid                     not null primary key,
  slug       varchar(63)              not null unique,
  name       varchar(255)             not null,
  time_zone  varchar(63)              not null,
  created_at timestamp with time zone not null
);

-- The person behind one or several accounts. Also the row that is locked while her awards are decided.
create table learner (
  id         uuid                     not null primary key,
  tenant_id  uuid                     not null references tenant (id),
  created_at timestamp with time zone not null,
  unique (tenant_id, id)
);

create table account (
  id          uuid                     not null primary key,
  tenant_id   uuid                     not null references tenant (id),
  platform_id uuid                     not null,
  sub         varchar(255)             not null,
  learner_id  uuid                     not null,
  name        varchar(255),
  test_user   boolean                  not null,
  -- Her id in the days of LTI 1.1, if the LMS's signature proved it.
  former_sub  varchar(255),
  created_at  timestamp with time zone not null,
  unique (tenant_id, platform_id, sub),
  unique (tenant_id, id),
  foreign key (tenant_id, learner_id) references learner (tenant_id, id)
);
create index account_learner on account (tenant_id, learner_id);

-- Who is signed in, one row for each launch: its login named it, and being here is being used up. A launch that was refused after its
-- signature held leaves that and nothing else. Rows live for hours and are written by every launch, so they have no foreign keys, which
-- lock the rows of others, and one index: the id's, of which later ones are greater, so that all are written at its end. A browser says
-- which session it means.
create table session (
  id           bigint                   not null primary key,
  browser_hash varchar(64),
  placement_id uuid,
  tenant_id    uuid,
  account_id   uuid,
  role         varchar(20),
  started_at   timestamp with time zone not null,
  expires_at   timestamp with time zone not null
);

-- Somebody who runs Cairn: for one tenant, or for all where tenant_id is null. token_hash is of a sign-in token that was
-- shown once; subject_hash is of who the institution's own sign-in (OpenID Connect) says it is: issuer and subject.
create table operator (
  id           uuid                     not null primary key,
  tenant_id    uuid references tenant (id),
  name         varchar(255)             not null,
  token_hash   varchar(64) unique,
  subject_hash varchar(64) unique,
  created_at   timestamp with time zone not null,
  withdrawn_at timestamp with time zone
);

create table operator_session (
  browser_hash varchar(64)              not null primary key,
  operator_id  uuid                     not null references operator (id),
  started_at   timestamp with time zone not null,
  expires_at   timestamp with time zone not null
);
create index operator_session_operator on operator_session (operator_id);

-- What operators did: written with what it changed. tenant_id is null where it concerns every tenant.
create table operator_action (
  id          uuid                     not null primary key,
  operator_id uuid                     not null references operator (id),
  tenant_id   uuid references tenant (id),
  action      varchar(40)              not null,
  subject     varchar(500)             not null,
  taken_at    timestamp with time zone not null
);
create index operator_action_time on operator_action (taken_at);

-- Sign-ins by OpenID Connect that were taken, by nonce, until nobody can send them again.
create table used_sign_in (
  nonce_hash varchar(64)              not null primary key,
  expires_at timestamp with time zone not null
);

-- lti ---------------------------------------------------------------------------------------------------------------

create table platform (
  id                     uuid                     not null primary key,
  issuer                 varchar(1000)            not null,
  client_id              varchar(255)             not null,
  name                   varchar(255)             not null,
  product                varchar(63)              not null,
  authorization_endpoint varchar(2000)            not null,
  token_endpoint         varchar(2000)            not null,
  token_audience         varchar(2000)            not null,
  key_set                varchar(2000)            not null,
  algorithm              varchar(10)              not null,
  frame_origins          varchar(2000)            not null,
  anonymous_launches     boolean                  not null,
  -- Where a dynamic registration is kept up to date (RFC 7592), and the token for it, encrypted under the master key.
  registration_uri       varchar(2000),
  registration_token     bytea,
  created_at             timestamp with time zone not null,
  unique (issuer, client_id)
);

-- A platform's keys as last fetched, shared by all nodes: whoever writes tried_at fetches, and nobody else for a minute.
create table key_set (
  platform_id uuid                     not null primary key references platform (id),
  tried_at    timestamp with time zone not null,
  fetched_at  timestamp with time zone,
  fresh_until timestamp with time zone,
  body        text
);

-- A secret shared with a platform in the days of LTI 1.1, encrypted: it proves the claim lti1p1.
create table lti11_consumer (
  platform_id  uuid         not null references platform (id),
  consumer_key varchar(255) not null,
  secret       bytea        not null,
  primary key (platform_id, consumer_key)
);

create table deployment (
  id          uuid                     not null primary key,
  tenant_id   uuid                     not null references tenant (id),
  platform_id uuid                     not null references platform (id),
  external_id varchar(255)             not null,
  -- 0 while it stands; one that was moved to another tenant is numbered from 1, so that its name is free for the next.
  ended       integer                  not null default 0,
  created_at  timestamp with time zone not null,
  -- Of the last launch, to the minute: when, how the browser was bound, and how far the LMS's clock was from ours.
  launched_at  timestamp with time zone,
  bound_by     varchar(10),
  skew_seconds integer,
  unique (platform_id, external_id, ended),
  unique (tenant_id, id)
);

-- An installation that launched and that no administrator has approved yet. Nothing else is kept of it.
create table pending_deployment (
  platform_id uuid                     not null references platform (id),
  external_id varchar(255)             not null,
  first_at    timestamp with time zone not null,
  last_at     timestamp with time zone not null,
  primary key (platform_id, external_id)
);

-- An administrator's invitation of an LMS to register itself: one use, known by its secret's hash.
create table invitation (
  secret_hash  varchar(64)              not null primary key,
  tenant_id    uuid                     not null references tenant (id),
  label        varchar(255)             not null,
  created_at   timestamp with time zone not null,
  expires_at   timestamp with time zone not null,
  used_at      timestamp with time zone,
  platform_id  uuid references platform (id),
  withdrawn_at timestamp with time zone
);
create index invitation_platform on invitation (platform_id);

-- context_id is the LMS's; a launch without a context makes its resource link its own course.
create table course (
  id              uuid                     not null primary key,
  tenant_id       uuid                     not null references tenant (id),
  deployment_id   uuid                     not null,
  context_id      varchar(300)             not null,
  title           varchar(500),
  memberships_url varchar(2000),
  line_items_url  varchar(2000),
  scopes          varchar(2000),
  groups_url      varchar(2000),
  created_at      timestamp with time zone not null,
  launched_at     timestamp with time zone,
  unique (tenant_id, deployment_id, context_id),
  unique (tenant_id, id),
  foreign key (tenant_id, deployment_id) references deployment (tenant_id, id)
);

create table placement (
  id               uuid                     not null primary key,
  tenant_id        uuid                     not null references tenant (id),
  course_id        uuid                     not null,
  resource_link_id varchar(255)             not null,
  title            varchar(500),
  -- What a deep link said that it is about, and since when a teacher wants it not to be earned in this course.
  achievement_id   varchar(63),
  declined_at      timestamp with time zone,
  created_at       timestamp with time zone not null,
  unique (tenant_id, course_id, resource_link_id),
  unique (tenant_id, id),
  foreign key (tenant_id, course_id) references course (tenant_id, id)
);
create index placement_link on placement (tenant_id, resource_link_id);

-- Who is in a course, as the last launch or roster said, and since when in this role.
create table member (
  tenant_id  uuid                     not null references tenant (id),
  course_id  uuid                     not null,
  account_id uuid                     not null,
  role       varchar(20)              not null,
  seen_at    timestamp with time zone not null,
  primary key (tenant_id, course_id, account_id),
  foreign key (tenant_id, course_id) references course (tenant_id, id),
  foreign key (tenant_id, account_id) references account (tenant_id, id)
);

-- The groups of a course and who is in each, as the last whole reading said.
create table course_group (
  tenant_id uuid         not null references tenant (id),
  course_id uuid         not null,
  group_id  varchar(255) not null,
  name      varchar(255) not null,
  primary key (tenant_id, course_id, group_id),
  foreign key (tenant_id, course_id) references course (tenant_id, id)
);

create table course_group_member (
  tenant_id  uuid         not null references tenant (id),
  course_id  uuid         not null,
  group_id   varchar(255) not null,
  account_id uuid         not null,
  primary key (tenant_id, course_id, group_id, account_id),
  foreign key (tenant_id, course_id, group_id) references course_group (tenant_id, course_id, group_id),
  foreign key (tenant_id, account_id) references account (tenant_id, id)
);

-- A course that this one was copied from, as the LMS says by a launch's history or a notice; a teacher decides what follows.
create table course_origin (
  tenant_id         uuid                     not null references tenant (id),
  course_id         uuid                     not null,
  origin_context_id varchar(300)             not null,
  position          integer                  not null,
  found_at          timestamp with time zone not null,
  settled_at        timestamp with time zone,
  primary key (tenant_id, course_id, origin_context_id),
  foreign key (tenant_id, course_id) references course (tenant_id, id)
);

-- Where a deployment tells us what happens in it (Platform Notification Service), of which types we asked to be told, when that
-- was last tried, last found to be so, and what was wrong.
create table subscription (
  tenant_id     uuid                     not null references tenant (id),
  deployment_id uuid                     not null,
  url           varchar(2000)            not null,
  types         varchar(500)             not null,
  tried_at      timestamp with time zone,
  subscribed_at timestamp with time zone,
  hello_at      timestamp with time zone,
  problem       varchar(500),
  primary key (tenant_id, deployment_id),
  foreign key (tenant_id, deployment_id) references deployment (tenant_id, id)
);

-- Notices that came, by the LMS's id: a second one of the same id changes nothing.
create table notice (
  tenant_id     uuid                     not null references tenant (id),
  deployment_id uuid                     not null,
  notice_id     varchar(255)             not null,
  type          varchar(100)             not null,
  received_at   timestamp with time zone not null,
  primary key (tenant_id, deployment_id, notice_id),
  foreign key (tenant_id, deployment_id) references deployment (tenant_id, id)
);
create index notice_age on notice (received_at);

-- The score that an LMS's gradebook shall have of one learner in one column of Cairn's: written with what causes it,
-- delivered until the LMS has it. A newer score takes the place of one that is still waiting.
create table score (
  tenant_id    uuid                     not null references tenant (id),
  course_id    uuid                     not null,
  resource_id  varchar(255)             not null,
  account_id   uuid                     not null,
  label        varchar(255)             not null,
  given        integer                  not null,
  maximum      integer                  not null,
  number       integer                  not null,
  stamp        timestamp with time zone not null,
  state        varchar(10)              not null,
  tries        integer                  not null,
  due_at       timestamp with time zone not null,
  last_status  integer,
  problem      varchar(500),
  delivered_at timestamp with time zone,
  primary key (tenant_id, course_id, resource_id, account_id),
  foreign key (tenant_id, course_id) references course (tenant_id, id),
  foreign key (tenant_id, account_id) references account (tenant_id, id)
);
create index score_due on score (state, due_at);
create index score_account on score (tenant_id, account_id);

-- A gradebook column that Cairn made in the LMS: for an activity that is graded there, or for what Cairn tells it.
-- Without url it is being made, since created_at.
create table line_item (
  tenant_id     uuid                     not null references tenant (id),
  course_id     uuid                     not null,
  resource_id   varchar(255)             not null,
  url           varchar(2000),
  created_at    timestamp with time zone not null,
  primary key (tenant_id, course_id, resource_id),
  foreign key (tenant_id, course_id) references course (tenant_id, id)
);

-- keys --------------------------------------------------------------------------------------------------------------

-- owner is "lti", or "issuer/" and the issuer's id: two sets that never mix. private_key is encrypted under the master key.
-- number counts an owner's keys of one algorithm, so that two nodes cannot both make the next one.
create table signing_key (
  kid         varchar(64)              not null primary key,
  owner       varchar(80)              not null,
  algorithm   varchar(10)              not null,
  number      integer                  not null,
  public_key  bytea                    not null,
  private_key bytea                    not null,
  created_at  timestamp with time zone not null,
  -- From when it signs; until when it signed; and since when nobody shall believe it.
  active_at    timestamp with time zone not null,
  retired_at   timestamp with time zone,
  withdrawn_at timestamp with time zone,
  unique (owner, algorithm, number)
);

-- catalog -----------------------------------------------------------------------------------------------------------

-- Rises with every change of what can be earned in a tenant; each deciding transaction compares it.
create table catalogue (
  tenant_id uuid   not null primary key references tenant (id),
  version   bigint not null
);

create table issuer (
  id         uuid                     not null primary key,
  tenant_id  uuid                     not null references tenant (id),
  name       varchar(255)             not null,
  url        varchar(2000),
  email      varchar(255),
  country    varchar(2),
  -- What credentials call it where that is a DID; null: by its address here.
  did             varchar(500),
  -- With what its tokens are signed: ES256 or RS256.
  token_algorithm varchar(10)              not null,
  -- When the document on a domain of its own was last looked at, and what was wrong with it; null where nothing was.
  looked_at          timestamp with time zone,
  publication_fault  varchar(1000),
  -- Under which name all that it issued is to be issued anew, and since when; null where nothing is.
  reissued_as     varchar(500),
  reissued_since  timestamp with time zone,
  created_at timestamp with time zone not null,
  unique (tenant_id),
  unique (tenant_id, id)
);

-- Everything that credentials ever called an issuer. What bears one of these names is verified as long as Cairn answers.
create table issuer_name (
  tenant_id uuid                     not null,
  issuer_id uuid                     not null,
  name      varchar(500)             not null primary key,
  taken_at  timestamp with time zone not null,
  foreign key (tenant_id, issuer_id) references issuer (tenant_id, id)
);

create table achievement (
  tenant_id  uuid                     not null references tenant (id),
  id         varchar(63)              not null,
  issuer_id  uuid                     not null,
  created_at timestamp with time zone not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, issuer_id) references issuer (tenant_id, id)
);

-- What institutions put into their badges in place of an icon, named by the digest of its PNG, which was made here. alternative is what is
-- proposed for who does not see it; what a version says of it stands in its definition.
create table artwork (
  tenant_id   uuid                     not null references tenant (id),
  digest      varchar(64)              not null,
  png         bytea                    not null,
  alternative varchar(200)             not null,
  uploaded_at timestamp with time zone not null,
  primary key (tenant_id, digest)
);

-- Immutable once published.
create table achievement_version (
  tenant_id      uuid                     not null references tenant (id),
  achievement_id varchar(63)              not null,
  version        integer                  not null,
  definition     text                     not null,
  -- The artwork that its design names.
  artwork        varchar(64),
  -- EDITORIAL, MINOR or MAJOR, from what was in force before it; null where nothing was.
  difference     varchar(10),
  -- When awards of earlier versions end because of it; null: they stay.
  earlier_awards_end timestamp with time zone,
  published_at   timestamp with time zone not null,
  primary key (tenant_id, achievement_id, version),
  foreign key (tenant_id, achievement_id) references achievement (tenant_id, id),
  foreign key (tenant_id, artwork) references artwork (tenant_id, digest)
);
create index achievement_version_artwork on achievement_version (tenant_id, artwork);

create table attachment (
  id             uuid                     not null primary key,
  tenant_id      uuid                     not null references tenant (id),
  course_id      uuid                     not null,
  achievement_id varchar(63)              not null,
  module         varchar(255),
  position       integer                  not null,
  -- Whether the LMS's gradebook has a column of who holds it.
  in_gradebook   boolean                  not null,
  created_at     timestamp with time zone not null,
  unique (tenant_id, course_id, achievement_id),
  unique (tenant_id, id),
  foreign key (tenant_id, achievement_id) references achievement (tenant_id, id)
);

create table binding (
  tenant_id     uuid                     not null references tenant (id),
  attachment_id uuid                     not null,
  slot          varchar(63)              not null,
  activity_id   uuid                     not null,
  title         varchar(255)             not null,
  -- Since when this activity fills the slot: an award is judged by what filled it when it was made.
  bound_at      timestamp with time zone not null,
  primary key (tenant_id, attachment_id, slot),
  foreign key (tenant_id, attachment_id) references attachment (tenant_id, id)
);

-- What partners endorse: their signed texts, word for word, of one version of an achievement. verdict is what was found when it was last
-- looked at, and valid_at when it was last found valid. It is shown while it is valid and nobody has withdrawn it.
create table endorsement (
  id             uuid                     not null primary key,
  tenant_id      uuid                     not null references tenant (id),
  achievement_id varchar(63)              not null,
  version        integer                  not null,
  signed         text                     not null,
  -- Of the signed text: one and the same is taken once.
  signed_hash    varchar(64)              not null,
  taken_at       timestamp with time zone not null,
  taken_by       uuid                     not null references operator (id),
  verdict        varchar(20)              not null,
  checked_at     timestamp with time zone not null,
  valid_at       timestamp with time zone not null,
  withdrawn_at   timestamp with time zone,
  withdrawn_by   uuid references operator (id),
  unique (tenant_id, signed_hash),
  foreign key (tenant_id, achievement_id, version) references achievement_version (tenant_id, achievement_id, version)
);
create index endorsement_achievement on endorsement (tenant_id, achievement_id, version);
create index endorsement_checked on endorsement (checked_at);

-- evidence ----------------------------------------------------------------------------------------------------------

-- column_maximum is set for an activity that is a gradebook column of Cairn's own: what it is graded out of.
create table activity (
  id             uuid                     not null primary key,
  tenant_id      uuid                     not null references tenant (id),
  course_id      uuid                     not null,
  column_maximum integer,
  created_at     timestamp with time zone not null,
  unique (tenant_id, id)
);
create index activity_course on activity (tenant_id, course_id);

-- One thing in the LMS has one activity, whatever name a source has for it.
create table activity_alias (
  tenant_id   uuid         not null references tenant (id),
  course_id   uuid         not null,
  source      varchar(20)  not null,
  external_id varchar(255) not null,
  activity_id uuid         not null,
  primary key (tenant_id, course_id, source, external_id),
  foreign key (tenant_id, activity_id) references activity (tenant_id, id)
);
create index activity_alias_activity on activity_alias (tenant_id, activity_id);

-- Reports as received, append-only. reported is exact text ("18.5/20", "pending", "cleared", see Reported): a column of
-- numbers would round.
-- done_at is when the learner did the work, where the source says so.
create table observation (
  id            uuid                     not null primary key,
  tenant_id     uuid                     not null references tenant (id),
  account_id    uuid                     not null,
  activity_id   uuid                     not null,
  source        varchar(20)              not null,
  attempt       integer                  not null,
  reported_at   timestamp with time zone not null,
  reported      varchar(100)             not null,
  done_at       timestamp with time zone,
  received_at   timestamp with time zone not null,
  constraint observation_distinct unique (tenant_id, account_id, activity_id, source, attempt, reported_at, reported),
  foreign key (tenant_id, activity_id) references activity (tenant_id, id),
  foreign key (tenant_id, account_id) references account (tenant_id, id)
);
create index observation_activity on observation (tenant_id, activity_id);

-- What a learner handed in for people to look at, word for word. It is open until somebody sends it back or enough have approved it;
-- what counts is the last of each (learner, achievement, slot).
create table hand_in (
  id             uuid                     not null primary key,
  tenant_id      uuid                     not null references tenant (id),
  learner_id     uuid                     not null,
  achievement_id varchar(63)              not null,
  slot           varchar(63)              not null,
  course_id      uuid                     not null,
  account_id     uuid                     not null,
  said           varchar(4000)            not null,
  handed_in_at   timestamp with time zone not null,
  closed_at      timestamp with time zone,
  unique (tenant_id, id),
  foreign key (tenant_id, learner_id) references learner (tenant_id, id),
  foreign key (tenant_id, account_id) references account (tenant_id, id),
  foreign key (tenant_id, course_id) references course (tenant_id, id)
);
create index hand_in_learner on hand_in (tenant_id, learner_id);
create index hand_in_achievement on hand_in (tenant_id, achievement_id);
create index hand_in_course on hand_in (tenant_id, course_id, closed_at);

-- Who looked at it and found what, append-only: one answer of each person. reviewer_id is the learner behind the account;
-- independent is whether that person did not teach the course then. Where that person was erased, account_id is null and reviewer_id a
-- learner behind whom nobody stands: the answer counts on.
create table review (
  tenant_id   uuid                     not null references tenant (id),
  hand_in_id  uuid                     not null,
  reviewer_id uuid                     not null,
  account_id  uuid,
  answer      varchar(20)              not null,
  independent boolean                  not null,
  reason      varchar(1000)            not null,
  answered_at timestamp with time zone not null,
  primary key (tenant_id, hand_in_id, reviewer_id),
  foreign key (tenant_id, hand_in_id) references hand_in (tenant_id, id),
  foreign key (tenant_id, reviewer_id) references learner (tenant_id, id),
  foreign key (tenant_id, account_id) references account (tenant_id, id)
);

-- Since when a learner belongs to which group, as the institution's register says.
create table membership (
  tenant_id  uuid                     not null,
  learner_id uuid                     not null,
  kind       varchar(10)              not null,
  name       varchar(100)             not null,
  joined_at  timestamp with time zone not null,
  primary key (tenant_id, learner_id, kind, name),
  foreign key (tenant_id, learner_id) references learner (tenant_id, id)
);
create index membership_name on membership (tenant_id, kind, name);

-- Hours of a kind that the register confirms, as exact text.
create table confirmed_hours (
  tenant_id  uuid                     not null,
  learner_id uuid                     not null,
  kind       varchar(63)              not null,
  hours      varchar(20)              not null,
  done_at    timestamp with time zone not null,
  primary key (tenant_id, learner_id, kind, done_at, hours),
  foreign key (tenant_id, learner_id) references learner (tenant_id, id)
);

-- A sender's bearer key, kept only as its hash; good for one deployment.
create table grade_key (
  id            uuid                     not null primary key,
  tenant_id     uuid                     not null references tenant (id),
  deployment_id uuid                     not null,
  key_hash      varchar(64)              not null unique,
  label         varchar(255)             not null,
  created_at    timestamp with time zone not null,
  withdrawn_at  timestamp with time zone,
  foreign key (tenant_id, deployment_id) references deployment (tenant_id, id)
);

-- When a course's own columns and roster were last read, and how that went.
create table collection (
  tenant_id   uuid                     not null references tenant (id),
  course_id   uuid                     not null,
  checked_at  timestamp with time zone not null,
  problem     varchar(500),
  roster_at   timestamp with time zone,
  primary key (tenant_id, course_id),
  foreign key (tenant_id, course_id) references course (tenant_id, id)
);

-- award -------------------------------------------------------------------------------------------------------------

create table award (
  id             uuid                     not null primary key,
  tenant_id      uuid                     not null references tenant (id),
  learner_id     uuid                     not null,
  achievement_id varchar(63)              not null,
  version        integer                  not null,
  occurrence     integer                  not null,
  course_id      uuid,
  awarded_at     timestamp with time zone not null,
  -- When it ends; null where it does not.
  expires_at     timestamp with time zone,
  -- What it says beside its achievement's name, where the rule has titles.
  title          varchar(200),
  -- Percent of what could be reached, as exact text; null where nothing was graded.
  result         varchar(20),
  evaluation     text                     not null,
  unique (tenant_id, achievement_id, learner_id, occurrence),
  unique (tenant_id, id),
  foreign key (tenant_id, learner_id) references learner (tenant_id, id),
  foreign key (tenant_id, achievement_id, version) references achievement_version (tenant_id, achievement_id, version)
);
create index award_learner on award (tenant_id, learner_id);
create index award_end on award (tenant_id, expires_at);

-- Which awards count in a stack, and what was earned elsewhere and recognised (part_id is then its application). A rule may ask that one
-- counts in no more than so many.
create table award_part (
  tenant_id uuid not null,
  award_id  uuid not null,
  part_id   uuid not null,
  primary key (tenant_id, award_id, part_id),
  foreign key (tenant_id, award_id) references award (tenant_id, id)
);
create index award_part_part on award_part (tenant_id, part_id);

-- What people decide about an achievement: whether somebody who meets its rule is awarded it (AWARD), is excused from one of its
-- requirements (WAIVER, the requirement as JSON), or has earned elsewhere what counts as it (RECOGNITION: named, by issuer, at earned_at).
-- course_id is whose teachers decide; null: the institution. said is null where nobody had to ask.
create table application (
  id             uuid                     not null primary key,
  tenant_id      uuid                     not null references tenant (id),
  learner_id     uuid                     not null,
  achievement_id varchar(63)              not null,
  course_id      uuid,
  kind           varchar(20)              not null,
  requirement    text,
  named          varchar(255),
  issuer         varchar(255),
  earned_at      timestamp with time zone,
  said           varchar(4000),
  applied_at     timestamp with time zone not null,
  -- All null while it is open. Who decided is a person's account, an operator, or neither where the rule alone did or the person was erased.
  granted        boolean,
  reason         varchar(1000),
  decided_at     timestamp with time zone,
  account_id     uuid,
  operator_id    uuid,
  unique (tenant_id, id),
  foreign key (tenant_id, learner_id) references learner (tenant_id, id),
  foreign key (tenant_id, achievement_id) references achievement (tenant_id, id),
  foreign key (tenant_id, course_id) references course (tenant_id, id),
  foreign key (tenant_id, account_id) references account (tenant_id, id),
  foreign key (operator_id) references operator (id)
);
create index application_learner on application (tenant_id, learner_id);
create index application_open on application (tenant_id, decided_at, course_id);

-- The life of an award: every step with who, when and why. account_id is null where Cairn itself acted. One step of each award decides
-- whether it stands: the one that nothing followed.
create table award_step (
  id          uuid                     not null primary key,
  tenant_id   uuid                     not null references tenant (id),
  award_id    uuid                     not null,
  step        varchar(20)              not null,
  taken_at    timestamp with time zone not null,
  account_id  uuid,
  reason      varchar(1000)            not null,
  followed_at timestamp with time zone,
  foreign key (tenant_id, award_id) references award (tenant_id, id)
);
create index award_step_award on award_step (tenant_id, award_id);

-- Until when it is settled what time alone changes in a tenant: what ended, and what grew too old.
create table waking (
  tenant_id     uuid                     not null primary key references tenant (id),
  settled_until timestamp with time zone not null
);

-- openbadges --------------------------------------------------------------------------------------------------------

-- A signed form of an award. Each form that a learner shares has an id and a subject of its own. shown_name is what it calls her, and
-- wallet the DID of the key that it is bound to; both null where it is not so.
create table credential (
  id            varchar(32)              not null primary key,
  tenant_id     uuid                     not null references tenant (id),
  issuer_id     uuid                     not null,
  award_id      uuid                     not null,
  learner_id    uuid                     not null,
  with_grade    boolean                  not null,
  with_evidence boolean                  not null,
  shown_name    varchar(255),
  wallet        varchar(500),
  jwt           text                     not null,
  -- What that calls its issuer, and the key that signed it.
  issued_as     varchar(500)             not null,
  signed_by     varchar(64)              not null,
  -- The same as JSON with a Data Integrity proof; null until somebody asks for it.
  proved        text,
  status_list   integer                  not null,
  status_index  integer                  not null,
  issued_at     timestamp with time zone not null,
  -- Since when its public page shows it; null: it does not.
  shown_since   timestamp with time zone,
  revoked_at    timestamp with time zone,
  unique (issuer_id, status_list, status_index)
);
create index credential_award on credential (tenant_id, award_id);
create index credential_revoked on credential (issuer_id, status_list, revoked_at, status_index);

-- A learner's link to one of her credentials, by the digest of its secret; ended_at is when she ended it before its time.
create table shared_link (
  secret_hash   varchar(64)              not null primary key,
  tenant_id     uuid                     not null,
  credential_id varchar(32)              not null references credential (id) on delete cascade,
  note          varchar(200)             not null,
  created_at    timestamp with time zone not null,
  ends_at       timestamp with time zone not null,
  ended_at      timestamp with time zone
);
create index shared_link_credential on shared_link (credential_id, tenant_id);

-- A credential offered to a wallet, by the digests of its code, of its transaction code with that, and of the access token that they were
-- exchanged for; wallet is the DID of the key that it was bound to.
create table wallet_offer (
  code_hash     varchar(64)              not null primary key,
  tenant_id     uuid                     not null,
  credential_id varchar(32)              not null references credential (id) on delete cascade,
  pin_hash      varchar(64)              not null,
  tries         integer                  not null,
  ends_at       timestamp with time zone not null,
  token_hash    varchar(64)              unique,
  token_ends_at timestamp with time zone,
  wallet        varchar(500)
);
create index wallet_offer_credential on wallet_offer (credential_id, tenant_id);

-- Apps that fetch credentials for learners (Open Badges 3.0 API), as they registered themselves; of no tenant. redirect_uris is a JSON
-- list, and scopes have spaces between. let_in_at is when a learner first let it in: an app that none does is forgotten.
create table app (
  id            uuid                     not null primary key,
  secret_hash   varchar(64)              not null,
  name          varchar(100)             not null,
  redirect_uris text                     not null,
  scopes        varchar(500)             not null,
  registered_at timestamp with time zone not null,
  let_in_at     timestamp with time zone
);
create index app_registered on app (registered_at);

-- For minutes, a learner is known in a window of her browser, where she may let one app in: opened_by is the digest of what her page
-- sends there, once, and browser_hash that of the window's cookie.
create table consent_session (
  opened_by    varchar(64)              not null primary key,
  tenant_id    uuid                     not null,
  learner_id   uuid                     not null,
  browser_hash varchar(64) unique,
  ends_at      timestamp with time zone not null,
  foreign key (tenant_id, learner_id) references learner (tenant_id, id)
);
create index consent_session_learner on consent_session (tenant_id, learner_id);

-- That a learner has let an app in. code_hash is the digest of the authorization code, which stays when it was exchanged: a second time
-- ends the connection, and so all of its tokens.
create table app_connection (
  id             uuid                     not null primary key,
  tenant_id      uuid                     not null,
  app_id         uuid                     not null references app (id),
  learner_id     uuid                     not null,
  scopes         varchar(500)             not null,
  gets_all       boolean                  not null,
  redirect_uri   varchar(500)             not null,
  let_in_at      timestamp with time zone not null,
  used_at        timestamp with time zone,
  ends_at        timestamp with time zone not null,
  code_hash      varchar(64)              not null unique,
  challenge      varchar(43)              not null,
  code_ends_at   timestamp with time zone not null,
  exchanged_at   timestamp with time zone,
  unique (tenant_id, id),
  foreign key (tenant_id, learner_id) references learner (tenant_id, id)
);
create index app_connection_learner on app_connection (tenant_id, learner_id);
create index app_connection_app on app_connection (app_id);

-- Which of her signed forms it gets, where it does not get all.
create table app_choice (
  tenant_id     uuid        not null,
  connection_id uuid        not null,
  credential_id varchar(32) not null references credential (id) on delete cascade,
  primary key (connection_id, credential_id),
  foreign key (tenant_id, connection_id) references app_connection (tenant_id, id) on delete cascade
);
create index app_choice_credential on app_choice (credential_id);

-- Access tokens, and refresh tokens, each of which is good once: spent_at stays, and who shows it again ends the connection.
create table app_token (
  token_hash    varchar(64)              not null primary key,
  tenant_id     uuid                     not null,
  connection_id uuid                     not null,
  refreshes     boolean                  not null,
  scopes        varchar(500)             not null,
  ends_at       timestamp with time zone not null,
  spent_at      timestamp with time zone,
  foreign key (tenant_id, connection_id) references app_connection (tenant_id, id) on delete cascade
);
create index app_token_connection on app_token (tenant_id, connection_id);

-- Credentials of others that a learner's apps brought here, verified before; id is the digest of issuer and id. app_id and app_name are
-- of who brought it, who may be gone.
create table brought_credential (
  tenant_id  uuid                     not null,
  learner_id uuid                     not null,
  id         varchar(64)              not null,
  name       varchar(200)             not null,
  issuer     varchar(300)             not null,
  body       text                     not null,
  is_token   boolean                  not null,
  valid_from timestamp with time zone not null,
  app_id     uuid                     not null,
  app_name   varchar(100)             not null,
  brought_at timestamp with time zone not null,
  primary key (tenant_id, learner_id, id),
  foreign key (tenant_id, learner_id) references learner (tenant_id, id)
);

-- What the institution endorses of others, in both signed forms. Its bits are in a status list of their own, numbered as they come.
create table given_endorsement (
  id           varchar(32)              not null primary key,
  tenant_id    uuid                     not null references tenant (id),
  issuer_id    uuid                     not null,
  subject      varchar(2000)            not null,
  jwt          text                     not null,
  proved       text                     not null,
  status_index integer                  not null,
  given_at     timestamp with time zone not null,
  revoked_at   timestamp with time zone,
  unique (issuer_id, status_index),
  foreign key (tenant_id, issuer_id) references issuer (tenant_id, id)
);

-- Bits of credentials of people who were erased: set, and never another's. Nothing says whose they were.
create table erased_status (
  issuer_id    uuid    not null references issuer (id),
  status_list  integer not null,
  status_index integer not null,
  primary key (issuer_id, status_list, status_index)
);

-- Published contexts and schemas that credentials of others are checked by, as fetched: only texts of a known digest.
create table standard (
  address    varchar(255)             not null primary key,
  body       text                     not null,
  fetched_at timestamp with time zone not null
);
