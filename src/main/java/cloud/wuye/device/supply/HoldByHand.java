package cloud.wuye.device.supply;

import cloud.wuye.device.command.DevicesAtHand;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.supply.SupplyHolds.Hold;
import cloud.wuye.device.supply.SupplyHolds.Place;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.live.Live;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Use case: a person holds devices off, or ceases to. Every device that is changed stands in the audit log. */
@ApplicationScoped
class HoldByHand {
    private final Db db;
    private final SupplyHolds holds;
    private final SupplyQueries queries;
    private final SendCommands send;
    private final Audit audit;
    private final Live live;
    private final CurrentCaller currentCaller;

    HoldByHand(
            Db db,
            SupplyHolds holds,
            SupplyQueries queries,
            SendCommands send,
            Audit audit,
            Live live,
            CurrentCaller currentCaller) {
        this.db = db;
        this.holds = holds;
        this.queries = queries;
        this.send = send;
        this.audit = audit;
        this.live = live;
        this.currentCaller = currentCaller;
    }

    Uni<List<SupplyView>> open(List<UUID> devices, HoldReason reason, String why) {
        return change(devices, reason, why, true);
    }

    Uni<List<SupplyView>> release(List<UUID> devices, HoldReason reason, String why) {
        return change(devices, reason, why, false);
    }

    private Uni<List<SupplyView>> change(List<UUID> devices, HoldReason reason, String why, boolean open) {
        if (why.isBlank()) {
            throw new Problem(ProblemCode.VALIDATION, "reason", Detail.BLANK);
        }
        Caller caller = currentCaller.get();
        Hold hold = Hold.byUser(reason, caller, why.trim());
        List<Place> places = devices.stream().map(Place::of).toList();
        UUID tenant = caller.requireTenant();
        return db.writeSql(tx -> DevicesAtHand.require(tx, devices, "deviceIds")
                        .chain(() ->
                                open ? holds.open(tx, tenant, places, hold) : holds.release(tx, tenant, places, hold))
                        .call(changed -> record(tx, caller, changed, hold, open))
                        .chain(() -> queries.of(tx, devices)))
                .invoke(send::hurry)
                .invoke(() -> live.changed(tenant, SupplyNews.TOPIC, devices))
                .map(found -> devices.stream()
                        .map(found::get)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private Uni<Void> record(SqlConnection tx, Caller caller, List<UUID> changed, Hold hold, boolean open) {
        Uni<Void> all = Uni.createFrom().voidItem();
        Map<String, HoldReason> what = Map.of("hold", hold.reason());
        for (UUID device : changed) {
            all = all.chain(() -> audit.record(
                    tx,
                    caller,
                    open ? "supply.hold" : "supply.release",
                    "Device",
                    device,
                    open ? null : what,
                    open ? what : null,
                    hold.note()));
        }
        return all;
    }
}
