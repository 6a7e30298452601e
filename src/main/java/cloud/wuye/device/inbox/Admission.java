package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Bulk;
import cloud.wuye.device.contract.GatewayEvent;
import cloud.wuye.device.contract.MessageParser;
import cloud.wuye.device.contract.RejectReason;
import cloud.wuye.device.contract.Rejection;
import cloud.wuye.device.contract.Topic;
import cloud.wuye.device.contract.UpMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gate: parses the messages of a batch, compares what their topics claim with the registry, and takes bulks apart.
 * Nothing is looked up here, so {@link #uids()} first says what to look up.
 */
final class Admission {
    private final MessageParser parser;
    private final List<Opened> opened = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private final List<Admitted> admitted = new ArrayList<>();

    Admission(MessageParser parser, List<Arrival> batch) {
        this.parser = parser;
        for (Arrival arrival : batch) {
            try {
                opened.add(new Opened(arrival, parser.parse(Topic.parse(arrival.topic()), arrival.payload())));
            } catch (Rejection rejection) {
                parked.add(Parked.of(arrival, null, rejection.reason(), rejection.getMessage()));
            }
        }
    }

    /** All devices the batch speaks of. */
    Set<String> uids() {
        Set<String> uids = new HashSet<>();
        for (Opened each : opened) {
            uids.add(each.message.topic().uid());
            if (each.message.payload() instanceof Bulk bulk) {
                bulk.items().forEach(item -> uids.add(item.uid()));
            } else if (each.message.payload() instanceof GatewayEvent event && event.child() != null) {
                uids.add(event.child());
            }
        }
        return uids;
    }

    /** Decides on every message. */
    void decide(Map<String, Directory.Listed> registry) {
        for (Opened each : opened) {
            Directory.Listed sender = registry.get(each.message.topic().uid());
            try {
                KnownDevice device = confirm(each.message.topic(), sender);
                if (each.message.payload() instanceof Bulk bulk) {
                    bulk.items().forEach(item -> child(each, device, item, registry.get(item.uid())));
                }
                admitted.add(new Admitted(each.arrival, device, false, each.message));
            } catch (Rejection rejection) {
                KnownDevice known = sender == null ? null : sender.device();
                parked.add(Parked.of(each.arrival, known, rejection.reason(), rejection.getMessage()));
            }
        }
    }

    private static KnownDevice confirm(Topic topic, Directory.Listed sender) throws Rejection {
        if (sender == null) {
            throw new Rejection(RejectReason.UNKNOWN_DEVICE, "no device " + topic.uid());
        }
        KnownDevice device = sender.device();
        if (!device.tenantCode().equals(topic.tenant()) || device.deviceClass() != topic.deviceClass()) {
            throw new Rejection(
                    RejectReason.TRIPLE_MISMATCH,
                    "is " + device.tenantCode() + "/" + device.deviceClass().word());
        }
        sender.admit();
        return device;
    }

    private void child(Opened bulk, KnownDevice gateway, Bulk.Item item, Directory.Listed listed) {
        Arrival alone = Arrival.ofItem(bulk.arrival, bulk.message.envelope(), item);
        try {
            if (listed == null || !gateway.id().equals(listed.device().gatewayId())) {
                throw new Rejection(RejectReason.UNKNOWN_DEVICE, "the gateway has no child " + item.uid());
            }
            listed.admit();
            KnownDevice device = listed.device();
            admitted.add(new Admitted(
                    alone, device, true, parser.parseItem(device.tenantCode(), device.deviceClass(), item)));
        } catch (Rejection rejection) {
            parked.add(Parked.of(alone, gateway, rejection.reason(), rejection.getMessage()));
        }
    }

    List<Admitted> admitted() {
        return admitted;
    }

    List<Parked> parked() {
        return parked;
    }

    private record Opened(Arrival arrival, UpMessage message) {}
}
