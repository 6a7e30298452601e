package cloud.wuye.space;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.db.Unit;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Changes the tree: create, edit, move, archive. One company's tree is changed by one transaction at a time, under an
 * advisory lock: a move rewrites the paths of a whole subtree, and two moves at once could make a cycle that neither
 * sees, or a space created meanwhile could keep its old path.
 */
@ApplicationScoped
public class ShapeSpaces {
    private static final String SUBJECT = "Space";
    private static final String LOCK = "select cast(pg_advisory_xact_lock(hashtextextended(?1, 0)) as text)";

    private static final String HEIGHT = "select max(cardinality(s.path)) - ?2 from space s where s.path >= "
            + "cast(?1 as uuid[]) and s.path < cast(?1 as uuid[]) || cast('ffffffff-ffff-ffff-ffff-ffffffffffff' as uuid)";

    private static final String REWRITE = "update space set path = cast(?2 as uuid[]) || path[?3 \\: ] where path > "
            + "cast(?1 as uuid[]) and path < cast(?1 as uuid[]) || cast('ffffffff-ffff-ffff-ffff-ffffffffffff' as uuid)";

    private final Db db;
    private final Audit audit;
    private final Clock clock;
    private final SpaceKinds kinds;
    private final List<SpaceUse> uses;

    ShapeSpaces(Db db, Audit audit, Clock clock, SpaceKinds kinds, @All List<SpaceUse> uses) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
        this.kinds = kinds;
        this.uses = uses;
    }

    /** Adds a space to the tree. */
    public Uni<SpaceView> create(SpaceInput input) {
        return alone(() -> parent(input.parentId()).chain(parent -> {
            kinds.check(input.kind(), parent == null ? null : parent.kind);
            int position = input.position() == null ? 0 : input.position();
            UUID tenant = Unit.required().tenantId();
            Space space = Space.under(parent, tenant, input.kind(), input.name().trim(), position, clock.now());
            return nameIsFree(space.id, space.parentId, space.name)
                    .chain(() -> space.<Space>persistAndFlush())
                    .map(SpaceView::of)
                    .call(after -> audit.record("space.create", SUBJECT, after.id(), null, after, null));
        }));
    }

    /** Renames a space or gives it another place among its siblings. */
    Uni<SpaceView> edit(UUID id, int version, SpaceEditInput input) {
        return changing("space.edit", id, version, null, space -> {
            String name = input.name() == null ? space.name : input.name().trim();
            int position = input.position() == null ? space.position : input.position();
            return nameIsFree(id, space.parentId, name).invoke(() -> space.edit(name, position));
        });
    }

    /** Hangs a space with all below it under another parent, or at the top when that is null. */
    Uni<SpaceView> move(UUID id, int version, UUID parentId) {
        return changing(
                "space.move", id, version, null, space -> parent(parentId).chain(parent -> {
                    kinds.check(space.kind, parent == null ? null : parent.kind);
                    UUID[] from = space.path;
                    int depth = from.length;
                    return nameIsFree(id, parentId, space.name)
                            .chain(() -> height(from, depth - 1))
                            .invoke(height -> space.moveUnder(parent, height))
                            .chain(() -> rewrite(from, space.path, depth + 1));
                }));
    }

    /** Takes a space out of use; refused while anything stands in it. */
    Uni<SpaceView> archive(UUID id, int version, String reason) {
        return changing(
                "space.archive", id, version, reason, space -> Space.count("parentId = ?1 and archivedAt is null", id)
                        .invoke(children -> refuseUse(children > 0, "spaces"))
                        .chain(() -> refuseUses(id))
                        .invoke(() -> space.archive(clock.now())));
    }

    private Uni<Void> refuseUses(UUID id) {
        Uni<Void> asked = Uni.createFrom().voidItem();
        for (SpaceUse use : uses) {
            asked = asked.chain(() -> use.occupies(id))
                    .invoke(occupied -> refuseUse(occupied, use.what()))
                    .replaceWithVoid();
        }
        return asked;
    }

    private static void refuseUse(boolean occupied, String what) {
        if (occupied) {
            throw new Problem(ProblemCode.SPACE_IN_USE, "id", what);
        }
    }

    private Uni<SpaceView> changing(String act, UUID id, int version, String reason, Change change) {
        return alone(
                () -> Space.<Space>findById(id, LockModeType.PESSIMISTIC_WRITE).chain(space -> {
                    Spaces.found(space, id, "id").requireVersion(version);
                    SpaceView before = SpaceView.of(space);
                    return change.to(space)
                            .chain(() -> space.<Space>persistAndFlush())
                            .map(SpaceView::of)
                            .call(after -> audit.record(act, SUBJECT, id, before, after, reason));
                }));
    }

    private <T> Uni<T> alone(Supplier<Uni<T>> change) {
        return db.write(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK, String.class)
                        .setParameter(1, "space-tree:" + Unit.required().tenantId())
                        .getSingleResult())
                .chain(change::get));
    }

    private static Uni<Space> parent(UUID id) {
        return id == null
                ? Uni.createFrom().nullItem()
                : Space.<Space>findById(id).map(parent -> Spaces.found(parent, id, "parentId"));
    }

    /** The tree is locked, so what is free now stays free until the commit. Asked before the entity changes. */
    private static Uni<Void> nameIsFree(UUID id, UUID parentId, String name) {
        String siblings = "archivedAt is null and name = ?1 and id <> ?2 and parentId ";
        Uni<Long> taken = parentId == null
                ? Space.count(siblings + "is null", name, id)
                : Space.count(siblings + "= ?3", name, id, parentId);
        return taken.invoke(count -> {
                    if (count > 0) {
                        throw new Problem(ProblemCode.ALREADY_EXISTS, "name", name);
                    }
                })
                .replaceWithVoid();
    }

    /** Levels of the subtree whose root has this path; {@code above} is how many stand over it. */
    private static Uni<Integer> height(UUID[] path, int above) {
        return Panache.getSession().chain(session -> session.createNativeQuery(HEIGHT, Integer.class)
                .setParameter(1, path)
                .setParameter(2, above)
                .getSingleResult());
    }

    /** One statement for all that stands below a space whose own path went from one to the other. */
    private static Uni<Integer> rewrite(UUID[] from, UUID[] to, int keep) {
        return Panache.getSession().chain(session -> session.flush().chain(() -> session.createNativeQuery(REWRITE)
                .setParameter(1, from)
                .setParameter(2, to)
                .setParameter(3, keep)
                .executeUpdate()));
    }

    /** What a change does to the space, once that is locked and of the expected version. */
    private interface Change {
        Uni<?> to(Space space);
    }
}
