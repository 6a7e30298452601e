package cloud.wuye.tariff.rating;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A version in force.
 *
 * @param number which of its plan's versions, from 1
 * @param from its first local day
 * @param to the first local day on which it does not hold any more, or null
 */
public record TariffVersionTerms(UUID id, int number, LocalDate from, LocalDate to, TariffTerms terms) {
    boolean holds(LocalDate date) {
        return !date.isBefore(from) && (to == null || date.isBefore(to));
    }
}
