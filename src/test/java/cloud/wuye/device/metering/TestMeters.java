package cloud.wuye.device.metering;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Registered electricity meters and what they say, for tests. */
@ApplicationScoped
public class TestMeters {
    private final Db db;
    private final RecordReadings recordReadings;

    TestMeters(Db db, RecordReadings recordReadings) {
        this.db = db;
        this.recordReadings = recordReadings;
    }

    /** A new one; its id. */
    public String register(TestTenant company, String serial) {
        return Graph.as(company.technician())
                .ask(
                        "mutation($input:DeviceInput!){r:registerDevice(input:$input){device{id}}}",
                        "input",
                        Map.of("kind", "ELECTRICITY_METER", "serialNo", serial))
                .getString("r.device.id");
    }

    /** What its total counter showed at that time. */
    public RegisterReading reading(TestTenant company, String meter, Instant at, String value) {
        return new RegisterReading(
                company.id(),
                UUID.fromString(meter),
                MeterRegister.TOTAL,
                Ids.next(),
                new BigDecimal(value),
                at,
                at,
                at,
                false,
                ReadingOrigin.PUSHED,
                null);
    }

    /** As ingest would bring them, in one batch. */
    public void store(List<RegisterReading> readings) {
        Work.run(db.acrossTenants("test", tx -> recordReadings.store(tx, readings)));
    }
}
