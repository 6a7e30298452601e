package cloud.wuye.kit.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Where commands come in: judges, remembers and answers them. The last {@value #REMEMBERED} are remembered, so that one
 * sent again is answered as before and not done again.
 */
final class CommandDesk {
    static final int REMEMBERED = 128;
    private static final Outcome UNDER_WAY = new Outcome("accepted", null, null, null, null, false);

    private final SimulatedMeter meter;
    private final MeterDeeds deeds;
    private final SplittableRandom chance;
    private final Map<String, Outcome> past = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Outcome> eldest) {
            return size() > REMEMBERED;
        }
    };

    CommandDesk(SimulatedMeter meter, MeterDeeds deeds, SplittableRandom chance) {
        this.meter = meter;
        this.deeds = deeds;
        this.chance = chance;
    }

    void hear(JsonNode command, Faults faults) {
        String id = command.path("id").asText();
        if (!id.matches("[0-9A-Za-z-]{1,64}")) {
            return;
        }
        Outcome before = past.get(id);
        if (before != null) {
            meter.say("ack", before == UNDER_WAY ? Outcome.accepted(id, true) : ack(id, before, true));
            return;
        }
        Outcome refusal = refusal(command);
        if (refusal != null) {
            finish(id, refusal, faults, false);
            return;
        }
        boolean silent = hit(faults, Fault.NOACK);
        past.put(id, UNDER_WAY);
        if (!silent) {
            meter.say("ack", Outcome.accepted(id, false));
        }
        Outcome outcome = deeds.perform(id, command.path("op").asText(), command.path("args"));
        if (outcome == null) {
            return;
        }
        if (!silent && hit(faults, Fault.SLOWACK)) {
            Ticks.after(Duration.ofMillis(chance.nextLong(5_000, 25_000)), () -> finish(id, outcome, faults, false));
        } else {
            finish(id, outcome, faults, silent);
        }
    }

    /** Ends a command that could not be ended at once. */
    void finish(String id, Outcome outcome, Faults faults, boolean silent) {
        synchronized (meter) {
            past.put(id, outcome);
            if (!silent) {
                meter.say("ack", ack(id, outcome, false));
                if (hit(faults, Fault.DOUBLEACK)) {
                    meter.say("ack", ack(id, outcome, false));
                }
            }
            if (outcome.afterwards() != null) {
                outcome.afterwards().run();
            }
        }
    }

    private String ack(String id, Outcome outcome, boolean repeated) {
        return outcome.ack(id, repeated, meter.stateVersion());
    }

    private Outcome refusal(JsonNode command) {
        Instant notAfter;
        try {
            notAfter = Instant.parse(command.path("notAfter").asText());
        } catch (DateTimeParseException e) {
            return Outcome.rejected("BAD_COMMAND", "notAfter is wanted");
        }
        boolean setsClock = command.path("op").asText().equals("time.sync");
        if (!setsClock && meter.clock().isSet() && meter.clock().now().isAfter(notAfter)) {
            return Outcome.expired("not after " + notAfter);
        }
        JsonNode expected = command.path("expect").path("stateVersion");
        if (expected.isNumber() && expected.asLong() != meter.stateVersion()) {
            return Outcome.rejected(
                    "STATE_CHANGED", "expected version " + expected.asLong() + ", is " + meter.stateVersion());
        }
        return null;
    }

    private boolean hit(Faults faults, Fault fault) {
        return chance.nextDouble() < faults.of(fault);
    }
}
