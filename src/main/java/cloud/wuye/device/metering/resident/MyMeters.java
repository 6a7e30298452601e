package cloud.wuye.device.metering.resident;

import cloud.wuye.identity.resident.CurrentResident;
import cloud.wuye.identity.resident.Resident;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.space.occupancy.Occupancies;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Whose meters are whose: the one place that says so. */
@ApplicationScoped
public class MyMeters {
    /** Nobody has more at home; who manages more is staff. */
    private static final int MOST = 100;

    private static final String MINE = "(d.space_id" + Occupancies.OCCUPIED
            + " or exists (select from meter_account c where c.tenant_id = d.tenant_id and c.device_id = d.id"
            + " and c.customer_id = ? and c.closed_at is null))";

    private final Db db;
    private final CurrentResident currentResident;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    MyMeters(Db db, CurrentResident currentResident, CurrentCaller currentCaller, Clock clock) {
        this.db = db;
        this.currentResident = currentResident;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** The caller's meters, by number. */
    Uni<List<MyMeterView>> all() {
        Caller caller = currentCaller.get();
        return db.readSql(connection -> currentResident.get(connection, caller).flatMap(resident -> mine(
                        MyMeterView.select(clock.now()), resident)
                .list(connection, "order by d.serial_no, d.id limit " + MOST, MyMeterView::of)));
    }

    /** One of the caller's meters; NOT_FOUND for anybody else's. */
    public Uni<MyMeterView> one(UUID deviceId) {
        Caller caller = currentCaller.get();
        return db.readSql(connection -> currentResident
                .get(connection, caller)
                .flatMap(resident -> mine(MyMeterView.select(clock.now()), resident)
                        .eq("d.id", deviceId)
                        .list(connection, "limit 1", MyMeterView::of))
                .map(found -> {
                    if (found.isEmpty()) {
                        throw new Problem(ProblemCode.NOT_FOUND, "deviceId", deviceId);
                    }
                    return found.get(0);
                }));
    }

    /** The resident who calls, to whom this meter belongs; NOT_FOUND for anybody else's meter, as for none. */
    public Uni<Resident> require(SqlConnection tx, Caller caller, UUID deviceId) {
        return currentResident.get(tx, caller).call(resident -> mine(Select.of("select d.id from device d"), resident)
                .eq("d.id", deviceId)
                .list(tx, "limit 1", row -> row.getUUID("id"))
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw new Problem(ProblemCode.NOT_FOUND, "deviceId", deviceId);
                    }
                }));
    }

    private Select mine(Select meters, Resident resident) {
        return meters.where("d.kind in ('ELECTRICITY_METER', 'WATER_METER') and d.lifecycle <> 'RETIRED'")
                .where(MINE, resident.id(), clock.now(), resident.id());
    }
}
