package cloud.wuye.device.supply;

import static cloud.wuye.testing.Work.run;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.command.CommandDeadlines;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.command.TestMeter;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.supply.SupplyHolds.Hold;
import cloud.wuye.device.supply.SupplyHolds.Place;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds that come and go while two callers reconcile and meters answer, leave and return. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class HoldRaceTest {
    private static final int METERS = 6;
    private static final int ROUNDS = 60;
    private static final HoldReason[] REASONS = {HoldReason.MANUAL, HoldReason.SAFETY, HoldReason.SCHEDULE};

    @Inject
    TestDevices tables;

    @Inject
    Db db;

    @Inject
    SupplyHolds holds;

    @Inject
    ReconcileAll reconcile;

    @Inject
    CommandDeadlines deadlines;

    @Inject
    SendCommands send;

    private TestTenant company;
    private List<TestMeter> meters;

    /** The witness looks in the very transaction that marks a command as sent. */
    @BeforeEach
    void metersAndAWitness() {
        tables.asOwner(
                """
                CREATE TABLE IF NOT EXISTS power_witness (device_id uuid, held boolean);
                GRANT INSERT, SELECT ON power_witness TO wuye_app, wuye_cross;
                CREATE OR REPLACE FUNCTION witness_power() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  INSERT INTO power_witness VALUES (NEW.device_id, EXISTS (
                    SELECT 1 FROM supply_hold h WHERE h.device_id = NEW.device_id AND h.released_at IS NULL));
                  RETURN NEW;
                END $$;
                CREATE OR REPLACE TRIGGER witness_power AFTER UPDATE ON device_command FOR EACH ROW
                  WHEN (NEW.state = 'SENT' AND OLD.state = 'QUEUED' AND NEW.args->>'state' = 'closed')
                  EXECUTE FUNCTION witness_power();
                """);
        company = TestTenants.fresh();
        meters = IntStream.range(0, METERS)
                .mapToObj(i ->
                        TestMeter.register(tables, company.id(), company.code()).connect())
                .toList();
        await().until(() ->
                number("SELECT count(*) FROM device_state WHERE tenant_id = ? AND switch_reported = 'ON'") == METERS);
    }

    @AfterEach
    void noWitness() {
        meters.forEach(TestMeter::disconnect);
        tables.asOwner(
                "DROP TRIGGER witness_power ON device_command; DROP FUNCTION witness_power(); DROP TABLE power_witness;");
    }

    /** Invariant 8. */
    @Test
    void powerIsNeverMarkedAsSentWhileAHoldIsOpen() throws Exception {
        long deadlocks = deadlocks();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(7);
        List<Future<?>> people = new ArrayList<>();
        List<Future<?>> machines = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            people.add(callers.submit(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    TestMeter meter = meters.get(random.nextInt(METERS));
                    change(random.nextBoolean(), meter, REASONS[random.nextInt(REASONS.length)]);
                }
                return null;
            }));
        }
        for (Callable<Uni<?>> pass : List.<Callable<Uni<?>>>of(reconcile::now, reconcile::now, deadlines::sweep)) {
            machines.add(callers.submit(() -> {
                while (!done.get()) {
                    run(pass.call());
                }
                return null;
            }));
        }
        for (Future<?> person : people) {
            person.get();
        }
        done.set(true);
        for (Future<?> machine : machines) {
            machine.get();
        }
        callers.shutdown();
        for (TestMeter meter : meters) {
            for (HoldReason reason : REASONS) {
                change(false, meter, reason);
            }
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            run(reconcile.now());
            run(deadlines.sweep());
            return meters.stream().allMatch(meter -> meter.closed) && open() == 0;
        });
        assertTrue(number("SELECT count(*) FROM power_witness WHERE NOT held AND ?::uuid IS NOT NULL") > METERS);
        assertEquals(0, number("SELECT count(*) FROM power_witness WHERE held AND ?::uuid IS NOT NULL"));
        assertEquals(
                0,
                number("SELECT count(*) FROM (SELECT 1 FROM device_command WHERE tenant_id = ? AND state IN"
                        + " ('FAILED', 'EXPIRED', 'OUTCOME_UNKNOWN')) lost"));
        assertEquals(deadlocks, deadlocks(), "everybody locks in one order");
    }

    /** The window between queueing and sending, held open by a meter that is away. */
    @Test
    void aHoldThatOpensBeforePowerIsSentTakesItBack() {
        TestMeter meter = meters.get(0);
        change(true, meter, HoldReason.MANUAL);
        await().until(() -> !meter.closed && open() == 0);
        leave(meter);
        change(false, meter, HoldReason.MANUAL);
        assertEquals(1, number("SELECT count(*) FROM device_command WHERE tenant_id = ? AND state = 'QUEUED'"));
        change(true, meter, HoldReason.SAFETY);
        assertEquals(1, number("SELECT count(*) FROM device_command WHERE tenant_id = ? AND state = 'SUPERSEDED'"));
        meter.connect();
        await().until(() -> "ONLINE".equals(connectivity(meter)));
        run(reconcile.now());
        run(deadlines.sweep());
        assertEquals(List.of("open"), meter.switchings());
        // The round of the reconciler was one for all companies.
        assertEquals(
                0,
                number(
                        "SELECT count(*) FROM power_witness w JOIN device d ON d.id = w.device_id WHERE d.tenant_id = ?"));
    }

    /** Who pays while being cut off: nothing is sent while the command is under way, and what then is, not a round later. */
    @Test
    void powerReleasedWhileItIsBeingCutComesAsSoonAsTheMeterIsDone() {
        TestMeter meter = meters.get(0);
        meter.mood = TestMeter.Mood.STUCK;
        change(true, meter, HoldReason.MANUAL);
        await().until(() ->
                number("SELECT count(*) FROM device_command WHERE tenant_id = ? AND state = 'ACCEPTED'") == 1);
        change(false, meter, HoldReason.MANUAL);
        meter.turnByHand(false);
        await().until(() ->
                number("SELECT count(*) FROM device_state WHERE tenant_id = ? AND switch_reported = 'OFF'") == 1);
        assertEquals(List.of("open"), meter.switchings());
        meter.mood = TestMeter.Mood.PROMPT;
        meter.ack(meter.heard.get(0).path("id").asText(), "executed", "");
        await().until(() -> meter.closed && open() == 0);
        assertEquals(List.of("open", "closed"), meter.switchings());
    }

    /** Invariant 9, with nobody but the returning meter to start it, and two that pass by all the same. */
    @Test
    void everyMeterReleasedWhileAwayIsOnAfterOneReconnect() {
        meters.forEach(meter -> change(true, meter, HoldReason.MANUAL));
        await().until(() -> meters.stream().noneMatch(meter -> meter.closed) && open() == 0);
        meters.forEach(this::leave);
        meters.forEach(meter -> change(false, meter, HoldReason.MANUAL));
        List<CompletableFuture<?>> passes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            passes.add(CompletableFuture.runAsync(() -> run(reconcile.now())));
        }
        meters.parallelStream().forEach(TestMeter::connect);
        passes.forEach(CompletableFuture::join);
        await().until(() -> meters.stream().allMatch(meter -> meter.closed) && open() == 0);
        meters.forEach(meter -> assertEquals(List.of("open", "closed"), meter.switchings()));
    }

    private void change(boolean open, TestMeter meter, HoldReason reason) {
        Hold hold = Hold.byUser(reason, new Caller(company.id(), "zhao", "zhao", Set.of()), "race");
        List<Place> place = List.of(Place.of(meter.id));
        run(db.forTenantSql(
                company.id(),
                tx -> open ? holds.open(tx, company.id(), place, hold) : holds.release(tx, company.id(), place, hold)));
        send.hurry();
    }

    private void leave(TestMeter meter) {
        meter.disconnect();
        await().until(() -> "OFFLINE".equals(connectivity(meter)));
    }

    private String connectivity(TestMeter meter) {
        return tables.one("SELECT connectivity FROM device_state WHERE device_id = ?", meter.id);
    }

    private int open() {
        return number(
                "SELECT count(*) FROM device_command WHERE tenant_id = ? AND state IN ('QUEUED', 'SENT', 'ACCEPTED', 'TIMED_OUT')");
    }

    private int number(String sql) {
        return Integer.parseInt(tables.one(sql, company.id()));
    }

    private long deadlocks() {
        return Long.parseLong(tables.one("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
    }
}
