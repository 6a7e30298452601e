/**
 * Demo data for development: two property companies, loaded through the service's own doors as their operator, managers
 * and staff would do it, and the simulator for all their meters. Never by SQL.
 */
package cloud.wuye.kit.demo;
