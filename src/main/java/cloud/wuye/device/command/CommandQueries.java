package cloud.wuye.device.command;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is asked about commands. */
@ApplicationScoped
public class CommandQueries {
    private static final String SELECT = "select " + CommandRows.COLUMNS + " from device_command c";

    private final Db db;

    CommandQueries(Db db) {
        this.db = db;
    }

    Uni<Page<CommandView>> page(CommandFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of(SELECT)
                .eq("c.device_id", filter.deviceId())
                .in("c.state", filter.states())
                .eq("c.op", filter.op())
                .eq("c.origin", filter.origin())
                .between("c.created_at", filter.createdAt())
                .page(connection, order, page, CommandView::of));
    }

    /** These commands of the caller's tenant, by id; those that are none are missing. For live progress too. */
    public Uni<Map<UUID, CommandView>> byIds(Collection<UUID> ids) {
        return db.readSql(connection ->
                        Select.of(SELECT).in("c.id", ids).list(connection, "order by c.id", CommandView::of))
                .map(found -> {
                    Map<UUID, CommandView> byId = new HashMap<>();
                    found.forEach(command -> byId.put(command.id(), command));
                    return byId;
                });
    }

    /** The transmissions of these commands, first to last. */
    Uni<Map<UUID, List<CommandAttemptView>>> attempts(Collection<UUID> ids) {
        return db.readSql(connection -> connection
                .preparedQuery(
                        "SELECT * FROM device_command_attempt WHERE command_id = ANY($1) ORDER BY command_id, attempt")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, List<CommandAttemptView>> byCommand = new HashMap<>();
                    rows.forEach(row -> byCommand
                            .computeIfAbsent(row.getUUID("command_id"), id -> new ArrayList<>())
                            .add(CommandAttemptView.of(row)));
                    return byCommand;
                }));
    }
}
