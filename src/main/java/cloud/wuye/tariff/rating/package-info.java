/**
 * What a tariff says and what usage costs by it: pure, without clock or database. {@code TariffTerms} are whole or refused,
 * {@code Tariff} lays them out over time, {@code RateUsage} makes lines of usage.
 */
package cloud.wuye.tariff.rating;
