package cloud.wuye.device.metering.credit;

import cloud.wuye.device.command.CommandListener;
import cloud.wuye.device.command.CreditOps;
import cloud.wuye.device.command.DeviceCommand;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Notes on each purchase what became of the command that carries it. What follows is done outside this transaction. */
@ApplicationScoped
class WrittenPurchases implements CommandListener {
    private final MeterPurchases purchases;
    private final CreditReports reports;
    private final Clock clock;

    WrittenPurchases(MeterPurchases purchases, CreditReports reports, Clock clock) {
        this.purchases = purchases;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, Collection<DeviceCommand> commands) {
        Instant now = clock.now();
        List<DeviceCommand> ours = ours(commands);
        Uni<Void> told = each(tx, ours, (purchase, command) -> purchase.heard(command, now));
        for (DeviceCommand command : ours) {
            told = told.chain(() -> reports.answered(tx, command, now));
        }
        return told;
    }

    @Override
    public Uni<Void> contradicted(SqlConnection tx, Collection<DeviceCommand> commands) {
        return each(tx, ours(commands), (purchase, command) -> purchase.contradicted());
    }

    private static List<DeviceCommand> ours(Collection<DeviceCommand> commands) {
        return commands.stream()
                .filter(CreditOps::concerns)
                .sorted(Comparator.comparing(DeviceCommand::deviceId))
                .toList();
    }

    private Uni<Void> each(
            SqlConnection tx, List<DeviceCommand> commands, BiConsumer<MeterPurchase, DeviceCommand> then) {
        if (commands.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<UUID, DeviceCommand> byId =
                commands.stream().collect(Collectors.toMap(DeviceCommand::id, Function.identity()));
        return purchases.ofCommands(tx, byId.keySet()).flatMap(found -> {
            Uni<Void> saved = Uni.createFrom().voidItem();
            for (MeterPurchase purchase : found) {
                then.accept(purchase, byId.get(purchase.commandId));
                saved = saved.chain(() -> purchases.save(tx, purchase));
            }
            return saved;
        });
    }
}
