package cloud.wuye.device.metering.cutoff;

import cloud.wuye.holiday.CalendarUser;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** What policies of cutting off make of holiday calendars: a change lets the judge look anew at whoever is spared. */
@ApplicationScoped
class PoliciesOnHolidays implements CalendarUser {
    private static final String IN_USE = "SELECT name FROM cut_off_policy WHERE calendar_id = $1 LIMIT 1";
    private static final String COMPANY = "SELECT tenant_id FROM holiday_calendar WHERE id = $1";

    private final CreditWatch watch;
    private final Clock clock;

    PoliciesOnHolidays(CreditWatch watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<String>> inUse(SqlConnection tx, UUID calendar) {
        return tx.preparedQuery(IN_USE)
                .execute(Tuple.of(calendar))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString(0)));
    }

    /** Policies without a calendar mean all of them, so any change may matter. */
    @Override
    public Uni<Void> changed(SqlConnection tx, UUID calendar) {
        return tx.preparedQuery(COMPANY)
                .execute(Tuple.of(calendar))
                .flatMap(rows -> watch.lookAnew(tx, rows.iterator().next().getUUID(0), clock.now()));
    }

    @Override
    public Uni<Void> forget(SqlConnection tx, UUID calendar) {
        return changed(tx, calendar);
    }
}
