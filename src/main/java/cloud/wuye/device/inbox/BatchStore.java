package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.MessageParser;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * One batch in one transaction: registry, device states (locked), log of events, handlers, rejected messages. A fixed
 * number of statements, however many messages.
 */
@ApplicationScoped
class BatchStore {
    private final MessageParser parser = new MessageParser();
    private final Directory directory;
    private final StateRows stateRows;
    private final EventLog eventLog;
    private final Handlers handlers;
    private final List<DeviceStateListener> listeners;
    private final ParkingLot parkingLot;

    BatchStore(
            Directory directory,
            StateRows stateRows,
            EventLog eventLog,
            Handlers handlers,
            @All List<DeviceStateListener> listeners,
            ParkingLot parkingLot) {
        this.directory = directory;
        this.stateRows = stateRows;
        this.eventLog = eventLog;
        this.handlers = handlers;
        this.listeners = listeners;
        this.parkingLot = parkingLot;
    }

    /** Stores a batch and parks what of it cannot be taken. */
    Uni<Stored> store(SqlConnection tx, List<Arrival> batch) {
        return take(tx, batch).call(stored -> parkingLot.park(tx, stored.parked()));
    }

    /** Stores a message that was parked before; returns why it cannot be taken this time either, or null. */
    Uni<Parked> replay(SqlConnection tx, Arrival arrival) {
        return take(tx, List.of(arrival))
                .map(stored ->
                        stored.parked().isEmpty() ? null : stored.parked().get(0));
    }

    private Uni<Stored> take(SqlConnection tx, List<Arrival> batch) {
        Admission admission = new Admission(parser, batch);
        return directory.find(tx, admission.uids()).chain(registry -> {
            admission.decide(registry);
            BatchWork work = new BatchWork(admission, registry);
            return stateRows
                    .lock(tx, work.devices())
                    .invoke(work::apply)
                    .chain(() -> eventLog.write(tx, work.logged()))
                    .chain(fresh -> handlers.store(tx, work.toHandle(fresh)))
                    .invoke(work::refused)
                    .chain(() -> eventLog.refused(tx, work.notTaken()))
                    .chain(() -> stateRows.save(tx, work.states()))
                    .chain(() -> directory.activate(tx, work.firstHeard()))
                    .chain(() -> tell(tx, work.changes()))
                    .map(ignored -> work.stored());
        });
    }

    private Uni<Void> tell(SqlConnection tx, List<StateChange> changes) {
        Uni<Void> told = Uni.createFrom().voidItem();
        if (!changes.isEmpty()) {
            for (DeviceStateListener listener : listeners) {
                told = told.chain(() -> listener.changed(tx, changes));
            }
        }
        return told;
    }
}
