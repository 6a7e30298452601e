package cloud.wuye.device.command;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use case: a person who was at the device settles a command of unknown outcome. */
@ApplicationScoped
class SettleCommand {
    private final Db db;
    private final DeviceCommands commands;
    private final CommandNews news;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    SettleCommand(
            Db db, DeviceCommands commands, CommandNews news, Audit audit, CurrentCaller currentCaller, Clock clock) {
        this.db = db;
        this.commands = commands;
        this.news = news;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    Uni<CommandView> settle(UUID id, SiteFinding finding, String reason) {
        if (reason.isBlank()) {
            throw new Problem(ProblemCode.VALIDATION, "reason", Detail.BLANK);
        }
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> commands.locked(tx, List.of(id)).flatMap(found -> {
            if (found.isEmpty()) {
                throw new Problem(ProblemCode.NOT_FOUND, "id", id);
            }
            DeviceCommand command = found.get(0);
            boolean said = command.found(finding, clock.now(), reason);
            return (said ? keep(tx, caller, command, reason) : Uni.createFrom().voidItem())
                    .replaceWith(() -> CommandView.of(command));
        }));
    }

    private Uni<Void> keep(SqlConnection tx, Caller caller, DeviceCommand command, String reason) {
        List<DeviceCommand> settled = List.of(command);
        return commands.save(tx, settled)
                .chain(() -> news.tell(tx, settled))
                .chain(() -> audit.record(
                        tx,
                        caller,
                        "command.settle",
                        "DeviceCommand",
                        command.id(),
                        Map.of("state", CommandState.OUTCOME_UNKNOWN),
                        Map.of("state", command.state(), "code", command.code()),
                        reason));
    }
}
