package cloud.wuye.kit.simulator;

import java.util.Locale;

/** An electricity meter with a breaker. */
final class ElectricityBody extends MeterBody {
    private static final double POWER_FACTOR = 0.95;

    private final int phases;

    ElectricityBody(LoadCurve curve, long seed, MeterMemory memory, int phases) {
        super(curve, seed, CountingRegister.energy(memory.grains()), memory);
        this.phases = phases;
    }

    @Override
    String switchField() {
        return "relay";
    }

    @Override
    String switchWord() {
        return wordFor(supply());
    }

    @Override
    String wordFor(boolean on) {
        return on ? "closed" : "open";
    }

    @Override
    void telemetry(StringBuilder json, boolean noisy) {
        double watts = supply() ? curve.rateAt(at()) / 10.0 * (1 + wander(1, 0.03)) : 0;
        json.append("\"reg\":");
        registers(json, noisy);
        json.append(",\"p\":");
        Decimals.append(json, watts, 1, noisy);
        double[] volts = new double[phases];
        json.append(",\"u\":[");
        for (int i = 0; i < phases; i++) {
            volts[i] = 226 + wander(10 + i, 6);
            Decimals.append(i == 0 ? json : json.append(','), volts[i], 1, noisy);
        }
        json.append("],\"i\":[");
        for (int i = 0; i < phases; i++) {
            double amperes = watts / phases / volts[i] / POWER_FACTOR;
            Decimals.append(i == 0 ? json : json.append(','), amperes, 3, noisy);
        }
        json.append("],\"f\":");
        Decimals.append(json, 50 + wander(20, 0.04), 2, noisy);
        json.append(",\"pf\":").append(watts > 0 ? POWER_FACTOR : 1);
        json.append(",\"relay\":\"").append(switchWord()).append('"');
        if (purchase() > 0) {
            json.append(String.format(Locale.ROOT, ",\"credit\":{\"mode\":\"meter\",\"energy\":\"%s\"}", credit()));
        }
    }

    @Override
    void registers(StringBuilder json, boolean noisy) {
        json.append("{\"import\":\"");
        Decimals.append(json, register.value(), noisy);
        json.append("\",\"export\":\"0.00\"}");
    }
}
