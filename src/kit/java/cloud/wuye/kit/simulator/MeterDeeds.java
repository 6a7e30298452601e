package cloud.wuye.kit.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** What a meter does when it is told to. */
final class MeterDeeds {
    private static final List<String> ELECTRICITY = List.of(
            "relay.set",
            "meter.read",
            "state.read",
            "credit.add",
            "credit.set",
            "time.sync",
            "config.set",
            "credential.rotate",
            "reboot");
    private static final List<String> WATER =
            List.of("valve.set", "meter.read", "state.read", "time.sync", "config.set", "credential.rotate", "reboot");
    private static final Duration PERSON_AT_THE_METER = Duration.ofSeconds(5);

    private final SimulatedMeter meter;
    private final MeterBody body;

    MeterDeeds(SimulatedMeter meter, MeterBody body) {
        this.meter = meter;
        this.body = body;
    }

    List<String> known() {
        return isWater() ? WATER : ELECTRICITY;
    }

    /** Does it and tells how it ended; null when that is not known yet. */
    Outcome perform(String id, String op, JsonNode args) {
        if (!known().contains(op)) {
            return Outcome.rejected("UNSUPPORTED", "this meter does not know " + op.replaceAll("[^a-z.]", "?"));
        }
        return switch (op) {
            case "relay.set", "valve.set" -> switchTo(id, args.path("state").asText());
            case "meter.read" -> {
                meter.reportFor(id);
                yield Outcome.done(readings());
            }
            case "credit.add", "credit.set" -> credit(op, args);
            case "time.sync" -> {
                meter.askTime(id);
                yield null;
            }
            case "config.set" -> {
                meter.configure(args);
                yield Outcome.done("{}");
            }
            case "credential.rotate" -> rotate(args);
            case "reboot" -> Outcome.done("{}").then(() -> Ticks.after(Duration.ofSeconds(1), meter::restart));
            default -> {
                meter.sayState();
                yield Outcome.done(standing());
            }
        };
    }

    private Outcome switchTo(String id, String wanted) {
        if (wanted.equals("permit")) {
            // Somebody has to press the button at the meter, and does.
            return Outcome.done(standing()).then(() -> Ticks.after(PERSON_AT_THE_METER, meter::pressButton));
        }
        boolean on = wanted.equals(body.wordFor(true));
        if (!on && !wanted.equals(body.wordFor(false))) {
            return Outcome.rejected("BAD_ARGS", "state is wanted");
        }
        if (body instanceof WaterBody water) {
            new ValveMotor(meter, water).turn(on, id);
            return null;
        }
        meter.switchSupply(on, "command", id);
        return Outcome.done(standing());
    }

    /**
     * Takes a purchase number once and in its turn. The same purchase under another command is answered as if it had just
     * been done; another purchase under a number that is used up, or too early, is refused.
     */
    private Outcome credit(String op, JsonNode args) {
        long number = args.path("purchase").asLong();
        String order = args.path("order").asText();
        BigDecimal energy = amount(args.path("energy").asText());
        if (number < 1 || energy == null || !order.matches("[0-9A-Za-z_-]{0,64}")) {
            return Outcome.rejected("BAD_ARGS", "purchase, energy and a plain order are wanted");
        }
        if (!args.path("unit").asText("kW.h").equals("kW.h")) {
            return Outcome.rejected("BAD_UNIT", "this meter counts kW.h");
        }
        if (number == body.purchase() && order.equals(body.order())) {
            return Outcome.done(standing()).again();
        }
        if (body.purchase() > 0 && number != body.purchase() + 1) {
            return Outcome.rejected("PURCHASE_NUMBER", "the last purchase was " + body.purchase())
                    .showing(standing());
        }
        if (op.equals("credit.add")) {
            body.bought(number, order, energy);
        } else {
            body.credited(number, order, energy);
        }
        boolean cut = body.isOutOfCredit() && body.starve();
        meter.sayPurchase();
        meter.sayState();
        if (cut) {
            meter.saySwitch("credit", null);
        }
        Outcome done = Outcome.done(standing());
        return body.mayFeedAgain() ? done.then(() -> Ticks.after(PERSON_AT_THE_METER, meter::pressButton)) : done;
    }

    private Outcome rotate(JsonNode args) {
        String secret = args.path("password").asText(args.path("secret").asText(""));
        return secret.isEmpty()
                ? Outcome.rejected("BAD_ARGS", "password is wanted")
                : Outcome.done("{}").then(() -> Ticks.after(Duration.ofSeconds(1), () -> meter.changePassword(secret)));
    }

    /** Everything that a read-back is asked for. */
    private String standing() {
        String credit = body.purchase() == 0 ? "" : ",\"credit\":\"" + body.credit() + "\"" + order();
        String purchase = isWater() ? "" : ",\"purchase\":" + body.purchase();
        return "{\"" + body.switchField() + "\":\"" + body.switchWord() + "\",\"version\":" + body.version() + purchase
                + credit + "}";
    }

    private String order() {
        return body.order().isEmpty() ? "" : ",\"order\":\"" + body.order() + "\"";
    }

    private String readings() {
        StringBuilder json = new StringBuilder("{\"reg\":");
        body.registers(json, false);
        return json.append(",\"")
                .append(body.switchField())
                .append("\":\"")
                .append(body.switchWord())
                .append("\"}")
                .toString();
    }

    private boolean isWater() {
        return body instanceof WaterBody;
    }

    private static BigDecimal amount(String text) {
        return text.matches("[0-9]{1,10}(\\.[0-9]{1,24})?") ? new BigDecimal(text) : null;
    }
}
