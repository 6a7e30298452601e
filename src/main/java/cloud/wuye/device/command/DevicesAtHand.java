package cloud.wuye.device.command;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The devices that a mutation names: a handful of ids, all of them the caller's. */
public final class DevicesAtHand {
    /** More than this are a job for a timetable or a space. */
    public static final int MOST = 1_000;

    private DevicesAtHand() {}

    /** The devices of a mutation, each once; refused with VALIDATION when there are none or too many. */
    public static List<UUID> checked(List<UUID> deviceIds) {
        if (deviceIds.isEmpty() || deviceIds.size() > MOST) {
            throw new Problem(ProblemCode.VALIDATION, "deviceIds", Detail.between(1, MOST));
        }
        return deviceIds.stream().distinct().toList();
    }

    /** An id inside a list of an input, as a client wrote it: there the framework leaves it a text. */
    public static UUID parse(String id, String field) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemCode.VALIDATION, field, Detail.of("不是编号", "not an id"));
        }
    }

    /** Refuses with NOT_FOUND unless every one is a device of the caller's that is not retired. */
    public static Uni<Void> require(SqlConnection tx, List<UUID> ids, String field) {
        return tx.preparedQuery("SELECT id FROM device WHERE id = ANY($1) AND lifecycle <> 'RETIRED'")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .invoke(rows -> {
                    Set<UUID> missing = new HashSet<>(ids);
                    rows.forEach(row -> missing.remove(row.getUUID(0)));
                    if (!missing.isEmpty()) {
                        throw new Problem(
                                ProblemCode.NOT_FOUND, field, missing.iterator().next());
                    }
                })
                .replaceWithVoid();
    }
}
