package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Bulk;
import cloud.wuye.device.contract.Contract;
import cloud.wuye.device.contract.GatewayEvent;
import cloud.wuye.device.contract.MeterTelemetry;
import cloud.wuye.device.contract.Payload;
import cloud.wuye.device.contract.Presence;
import cloud.wuye.device.contract.RejectReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a batch means, worked out in memory between its statements. */
final class BatchWork {
    private final Map<UUID, KnownDevice> devices = new HashMap<>();
    private final Map<String, KnownDevice> children = new HashMap<>();
    private final List<Admitted> admitted;
    private final List<Parked> parked;
    private final List<Received<Payload>> received = new ArrayList<>();
    private final Map<Received<?>, Arrival> origins = new IdentityHashMap<>();
    private final Map<String, Integer> kinds = new HashMap<>();
    private final Map<Received<?>, Answer> answers = new IdentityHashMap<>();
    private final List<Received<Payload>> notTaken = new ArrayList<>();
    private final Set<UUID> unheard = new HashSet<>();
    private final Set<UUID> firstHeard = new HashSet<>();
    private Map<UUID, DeviceState> states = Map.of();

    BatchWork(Admission admission, Map<String, Directory.Listed> registry) {
        admitted = admission.admitted();
        parked = admission.parked();
        for (Admitted each : admitted) {
            devices.put(each.device().id(), each.device());
            if (each.message().payload() instanceof GatewayEvent event && event.child() != null) {
                Directory.Listed child = registry.get(event.child());
                if (child != null && each.device().id().equals(child.device().gatewayId()) && child.maySpeak()) {
                    devices.put(child.device().id(), child.device());
                    children.put(event.child(), child.device());
                }
            }
        }
        registry.values().stream()
                .filter(Directory.Listed::isNew)
                .map(listed -> listed.device().id())
                .forEach(unheard::add);
    }

    /** Every device whose state the batch may change. */
    Map<UUID, KnownDevice> devices() {
        return devices;
    }

    /** Lets each device take in its messages, in the order in which they came. */
    void apply(Map<UUID, DeviceState> locked) {
        states = locked;
        for (Admitted each : admitted) {
            Received<Payload> message = locked.get(each.device().id()).take(each);
            if (message != null && tooLate(message)) {
                parked.add(Parked.of(each.arrival(), each.device(), RejectReason.TOO_LATE, "from " + message.at()));
            } else {
                kinds.merge(each.kind(), 1, Integer::sum);
                if (!(each.message().payload() instanceof Presence presence) || presence.online()) {
                    heard(each.device());
                }
                if (message != null) {
                    accepted(each, message);
                }
            }
        }
    }

    private static boolean tooLate(Received<?> message) {
        return !(message.payload() instanceof Bulk)
                && message.at().isBefore(message.receivedAt().minus(Contract.MAX_AGE));
    }

    private void accepted(Admitted each, Received<Payload> message) {
        received.add(message);
        origins.put(message, each.arrival());
        if (message.payload() instanceof GatewayEvent event && children.containsKey(event.child())) {
            KnownDevice child = children.get(event.child());
            states.get(child.id()).childReported(event.online(), message.at());
            if (event.online()) {
                heard(child);
            }
        }
        Answer answer = DeviceReplies.to(message, each.arrival().topic());
        if (answer != null) {
            answers.put(message, answer);
        }
    }

    private void heard(KnownDevice device) {
        if (unheard.contains(device.id())) {
            firstHeard.add(device.id());
        }
    }

    /** The registered devices that were heard of for the first time, whatever they said and whoever spoke for them. */
    Set<UUID> firstHeard() {
        return firstHeard;
    }

    /** What must be stored once only. */
    List<Received<Payload>> logged() {
        return received.stream().filter(each -> EventLog.keeps(each.payload())).toList();
    }

    /** What handlers get: of the logged ones, only the new. */
    List<Received<Payload>> toHandle(Set<Received<Payload>> fresh) {
        return received.stream()
                .filter(each -> !EventLog.keeps(each.payload()) || fresh.contains(each))
                .toList();
    }

    /** What handlers refused is parked; a device whose event was refused is not told that it is stored. */
    void refused(List<TelemetryHandler.Refusal> refusals) {
        for (TelemetryHandler.Refusal each : refusals) {
            Received<Payload> message = each.message().as(Payload.class);
            answers.remove(message);
            if (EventLog.keeps(message.payload())) {
                notTaken.add(message);
            }
            parked.add(Parked.of(
                    origins.get(each.message()), each.message().device(), RejectReason.HANDLER_REFUSED, each.detail()));
        }
    }

    /** Logged messages that their handler refused. */
    List<Received<Payload>> notTaken() {
        return notTaken;
    }

    Collection<DeviceState> states() {
        return states.values();
    }

    List<StateChange> changes() {
        return states.values().stream()
                .map(DeviceState::change)
                .filter(Objects::nonNull)
                .toList();
    }

    List<Parked> parked() {
        return parked;
    }

    Stored stored() {
        Set<KnownDevice> read = new HashSet<>();
        for (Received<Payload> each : received) {
            if (each.payload() instanceof MeterTelemetry) {
                read.add(each.device());
            }
        }
        return new Stored(
                kinds,
                parked,
                List.copyOf(answers.values()),
                changes().stream().map(StateChange::device).toList(),
                read,
                admitted.stream().map(each -> each.device().tenantId()).collect(Collectors.toSet()));
    }
}
