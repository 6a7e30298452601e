package cloud.wuye.device.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What an operator watches: how many commands stand in which unfinished state, and how they end. */
@ApplicationScoped
class CommandMetrics implements CommandListener {
    private static final Set<CommandState> UNFINISHED =
            EnumSet.of(CommandState.QUEUED, CommandState.SENT, CommandState.ACCEPTED, CommandState.OUTCOME_UNKNOWN);
    private static final String COUNT =
            "SELECT state, count(*) FROM device_command WHERE deadline IS NOT NULL OR state = 'OUTCOME_UNKNOWN' GROUP BY state";

    /** So many times as long as a count took none is made: among a hundred thousand that are unfinished it takes long. */
    private static final int REST = 20;

    private final MeterRegistry registry;
    private volatile long nextCount = System.nanoTime();
    private final Map<CommandState, AtomicLong> standing = new EnumMap<>(CommandState.class);

    CommandMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (CommandState state : UNFINISHED) {
            AtomicLong number = new AtomicLong();
            standing.put(state, number);
            registry.gauge("wuye.commands.standing", List.of(tag(state)), number);
        }
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, Collection<DeviceCommand> commands) {
        for (DeviceCommand command : commands) {
            registry.counter(
                            "wuye.commands.moved",
                            "op",
                            command.op(),
                            "state",
                            command.state().name())
                    .increment();
        }
        return Uni.createFrom().voidItem();
    }

    /** Counts what is unfinished, over all tenants, unless that has been done just now. */
    Uni<Void> count(SqlConnection tx) {
        long began = System.nanoTime();
        if (began - nextCount < 0) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(COUNT)
                .execute()
                .invoke(rows -> nextCount = System.nanoTime() + REST * (System.nanoTime() - began))
                .invoke(rows -> {
                    Map<CommandState, Long> found = new EnumMap<>(CommandState.class);
                    rows.forEach(row -> found.put(CommandState.valueOf(row.getString(0)), row.getLong(1)));
                    standing.forEach((state, number) -> number.set(found.getOrDefault(state, 0L)));
                })
                .replaceWithVoid();
    }

    private static Tag tag(CommandState state) {
        return Tag.of("state", state.name());
    }
}
