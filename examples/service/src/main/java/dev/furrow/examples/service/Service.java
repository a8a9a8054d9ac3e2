package dev.furrow.examples.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the service. Settings of Spring's are in application.yaml, Furrow's in its own names. */
@SpringBootApplication
public class Service {

  /** Runs until it is told to end. */
  public static void main(String... args) {
    SpringApplication.run(Service.class, args);
  }
}
