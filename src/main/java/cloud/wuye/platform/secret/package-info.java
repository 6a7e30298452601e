/** Secrets of companies, encrypted before they reach the database. Neighbours: platform.problem. */
package cloud.wuye.platform.secret;
