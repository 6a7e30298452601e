package cloud.wuye.kit.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a meter asks the service what time it is, and sets its clock by the answer. Used under the meter's lock. */
final class TimeDesk {
    private final SimulatedMeter meter;
    private final MeterClock clock;
    private final MeterModem modem;
    private final InstantSource truth;
    private final Map<String, String> questions = new LinkedHashMap<>();

    TimeDesk(SimulatedMeter meter, MeterClock clock, MeterModem modem, InstantSource truth) {
        this.meter = meter;
        this.clock = clock;
        this.modem = modem;
        this.truth = truth;
    }

    /** The command, if any, is answered when the service says what time it is. */
    void ask(String command) {
        Outgoing question = modem.outgoing(
                "req", "{\"what\":\"time\",\"t0\":" + Math.max(0, clock.now().toEpochMilli()) + "}", truth.instant());
        questions.put(question.id(), command == null ? "" : command);
        modem.send(question);
    }

    void hear(JsonNode answer) {
        String command = questions.remove(answer.path("re").asText());
        if (command == null || !answer.path("t1").isNumber()) {
            return;
        }
        long t3 = clock.now().toEpochMilli();
        long t1 = answer.path("t1").asLong();
        long t2 = answer.path("t2").asLong(t1);
        clock.correct(Duration.ofMillis((t1 - answer.path("t0").asLong(t3) + t2 - t3) / 2));
        modem.beat();
        if (!command.isEmpty()) {
            meter.finish(command, Outcome.done("{}"));
        }
    }
}
